import { CODE } from "../evidence/code";
import { GUARDS, NO_GUARD } from "../evidence/guards";
import { GUARDS_TEST, RELAXATIONS_TEST, ruleFile, rulesOf, ruleTest, triedOn } from "../evidence/measures";
import { subject } from "../policy/model/message";
import { serviceOf } from "../policy/posture/service";
import type { Stack } from "../policy/model/stack";
import { isFloor } from "../policy/posture/waivers";
import { moreInWords, type Finding } from "../policy/judge";
import type { Posture } from "../policy/posture/posture";
import { MEASURES, type Measure, type Severity } from "../policy/model/violation";
import { isRuntime, onRuntime } from "./runtimes";
import { SETTINGS, type Setting } from "./settings";
import { count } from "./words";

export const STATES = ["in force", "partly", "violated", "not used"] as const;
export type State = (typeof STATES)[number];

/** Something that a rule has found, in words. */
export interface Found {
    readonly rule: string;
    readonly severity: Severity;
    readonly measures: readonly Measure[];
    readonly resource: string;
    readonly path: string;
    readonly is: string;
    readonly must: string;
    readonly remediation: string;
    /** No waiver can excuse it. */
    readonly floor: boolean;
}

/** The same field with the same value, on all the resources that have it. */
export interface Place {
    readonly path: string;
    readonly value: string;
    readonly isSet: boolean;
    readonly resources: readonly string[];
}

/** One measure as a stack has it. */
export interface MeasureState {
    readonly measure: Measure;
    readonly state: State;
    readonly why: string;
    readonly places: readonly Place[];
    /** Files of the program that set it. */
    readonly code: readonly string[];
    readonly policies: readonly { readonly name: string; readonly description: string; readonly file: string }[];
    /** What the cluster refuses by itself; undefined where it refuses nothing. */
    readonly guard: string | undefined;
    readonly evidence: readonly { readonly what: string; readonly file: string }[];
    readonly violations: readonly Found[];
}

/** A stack may do without these: they take a node that has them. */
const OPTIONAL: readonly Measure[] = ["selinux", "gvisor", "kata", "firecracker"];

export function found(finding: Finding): Found {
    const { rule, violation, resource } = finding;
    const { name, severity, measures, remediation } = rule;
    const { path, is, must } = violation;
    return { rule: name, severity, measures, resource: resource === undefined ? "The stack" : subject(resource), path, is, must, remediation: `${remediation}${moreInWords(finding)}`, floor: isFloor(rule, violation) };
}

/** Every measure as the stack has it. @param findings all of the stack's, waived ones too */
export function measuresOf(stack: Stack, posture: Posture, findings: readonly Finding[]): MeasureState[] {
    return MEASURES.map((measure) => {
        const own = findings.filter((finding) => isAgainst(measure, finding, stack, posture));
        const violations = own.filter(({ waiver }) => waiver === undefined).map(found);
        const settings = SETTINGS[measure].flatMap((look) => look(stack, posture));
        const rules = rulesOf(measure);
        return {
            measure,
            ...stateOf(measure, settings, violations.length, own.length - violations.length),
            places: placesOf(settings),
            code: [...new Set(CODE[measure].map(({ file }) => file))],
            policies: rules.map((rule) => ({ name: rule.name, description: rule.description, file: ruleFile(rule) })),
            guard: GUARDS[measure] === NO_GUARD ? undefined : GUARDS[measure],
            evidence: [
                { what: `blocked previews: ${String(triedOn(measure))}`, file: RELAXATIONS_TEST },
                ...(GUARDS[measure] === NO_GUARD ? [] : [{ what: "refused by the cluster", file: GUARDS_TEST }]),
                ...rules.map((rule) => ({ what: `test of ${rule.name}`, file: ruleTest(rule) })),
            ],
            violations,
        };
    });
}

/** In force takes both: no rule has found anything, and the measure stands in each field in which it has to. */
function stateOf(measure: Measure, settings: readonly Setting[], violations: number, waived: number): { readonly state: State; readonly why: string } {
    const set = settings.filter(({ isSet }) => isSet).length;
    const places = `set in ${String(set)} of ${count(settings.length, "place")}`;
    if (violations > 0) {
        return { state: "violated", why: set < settings.length ? `${count(violations, "violation")}; ${places}` : count(violations, "violation") };
    }
    if (set === 0) {
        return OPTIONAL.includes(measure) ? { state: "not used", why: "nothing in this stack asks for it, and its posture doesn't demand it" } : { state: "violated", why: "set nowhere" };
    }
    return waived > 0 || set < settings.length
        ? { state: "partly", why: `${waived > 0 ? `${count(waived, "violation")} waived; ` : ""}${places}` }
        : { state: "in force", why: `no violation; set in ${settings.length === 1 ? "its one place" : `all ${count(settings.length, "place")}`}` };
}

/** The rule on RuntimeClasses is about three measures, and a posture demands one of them. */
function isAgainst(measure: Measure, { rule, resource }: Finding, stack: Stack, posture: Posture): boolean {
    if (!rule.measures.includes(measure) || !isRuntime(measure) || resource === undefined) {
        return rule.measures.includes(measure);
    }
    const holder = stack.pods.find((each) => each.resource === resource);
    const demanded = holder === undefined ? undefined : onRuntime(stack, serviceOf(holder, posture)?.minRuntimeClass);
    return demanded === undefined || demanded === measure;
}

function placesOf(settings: readonly Setting[]): Place[] {
    const places = new Map<string, { path: string; value: string; isSet: boolean; resources: string[] }>();
    for (const { resource, path, value, isSet } of settings) {
        const key = JSON.stringify([path, value]);
        const place = places.get(key) ?? { path, value, isSet, resources: [] };
        place.resources.push(subject(resource));
        places.set(key, place);
    }
    return [...places.values()];
}
