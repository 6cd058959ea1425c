import { PARAMETERS } from "../model/admission";
import { plainName, profileOf } from "../model/apparmor/name";
import { isOfKind } from "../model/kinds";
import { LOADER } from "../model/loader";
import { field, isUnset, members, type Field } from "../model/read";
import type { Value } from "../model/resource";
import { metadata } from "../model/stack";
import type { Posture, Service } from "../postures/posture";
import { demand, forbid, oneOf, quantityUpTo } from "./demand";
import { VARIABLES } from "./known-environment";
import { kubernetes } from "./references";
import type { ResourceRule, Violation } from "./rule";

/** Variables that bound what user code may have; the first is the time limit. */
const BOUNDED = {
    orchestrator: ["ORCHESTRATOR_TIMEOUT_MS"],
    evaluator: ["FUNCTION_EVALUATOR_TIMEOUT_MS", "EXECUTOR_PROCESS_POOL_SIZE", "WASMTIME_MEMORY_PAGES"],
} as const;
/** More than any bound is. */
const ANY = 1_000_000_000;

type Judge = (at: Field) => Violation[];

export const admissionParameters: ResourceRule = {
    scope: "resource",
    name: "admission-parameters",
    measures: ["admission", "time-limit", "memory", "cpu", "apparmor"],
    severity: "critical",
    needs: "posture",
    waivable: true,
    description: "What the admission policies let a service have is no more than is approved for it.",
    rationale: "The policies hold pods to these parameters: another image, a higher limit or another profile here is one that kubectl may then deploy.",
    remediation: "Put the parameter back to what the stack's posture approves; they follow from the stack file, so that a difference mostly begins there.",
    references: [kubernetes("reference/access-authn-authz/validating-admission-policy/#parameter-resources")],
    check: (resource, posture) => {
        if (!isOfKind(resource, "ConfigMap") || metadata(resource, "namespace") !== posture.namespace) {
            return [];
        }
        const whole = { path: "", value: resource.props };
        const judges = judgesOf(posture);
        const data = field(whole, "data");
        return [
            ...demand(field(whole, "metadata", "name"), `"${PARAMETERS}", the only ConfigMap in the sandbox`, oneOf(PARAMETERS)),
            ...forbid(field(whole, "binaryData"), "left out; parameters are text"),
            ...members(data).flatMap((at) => (judges[at.key] ?? unknown)(at)),
            ...neededOf(posture).filter((key) => isUnset(field(data, key).value)).flatMap((key) => judges[key]?.(field(data, key)) ?? []),
        ];
    },
};

const unknown: Judge = (at) => forbid(at, "left out: it is no parameter of an approved service");
const text = (value: string): Judge => (at) => demand(at, `"${value}"`, oneOf(value));
const upTo = (most: string): Judge => (at) => demand(at, `a quantity from 0 to ${most}`, quantityUpTo(most));
const known: Judge = (at) => demand(at, "a text", (value) => typeof value === "string");
const numberUpTo = (most: number): Judge => (at) => demand(at, `a whole number from 1 to ${String(most)}, as a text`, (value) => isCount(value) && Number(value) <= most);
const countUpTo = (most: number): Judge => (at) => demand(at, `a whole number from 0 to ${String(most)}, as a text`, (value) => (value === "0" || isCount(value)) && Number(value) <= most);

function isCount(value: Value): boolean {
    return typeof value === "string" && /^[1-9]\d{0,14}$/.test(value);
}

/** Parameters without which the policies would ask for less. Without one of the others they refuse every pod. */
function neededOf({ services }: Posture): string[] {
    return ["requireDigests", ...Object.entries(services).flatMap(([name, { role, minRuntimeClass }]) => [
        ...BOUNDED[role].map((variable) => `${name}.env.${variable}`),
        ...(minRuntimeClass === undefined ? [] : [`${name}.runtimeClass`]),
    ])];
}

/** What judges each parameter that there may be. */
function judgesOf(posture: Posture): Readonly<Record<string, Judge>> {
    return {
        priorityClass: text(posture.priorityClass),
        requireDigests: (at) => demand(at, posture.requireDigests ? "\"true\"" : "\"true\" or \"false\"", posture.requireDigests ? oneOf("true") : oneOf("true", "false")),
        [`${LOADER.name}.image`]: text(posture.loaderImage),
        ...Object.fromEntries(Object.entries(posture.services).flatMap(([name, service]) => Object.entries(ofService(name, service)).map(([key, judge]) => [`${name}.${key}`, judge]))),
    };
}

function ofService(name: string, { role, image, minRuntimeClass, ceilings }: Service): Readonly<Record<string, Judge>> {
    const bounds = Object.fromEntries(BOUNDED[role].map((variable, index) => [variable, numberUpTo(index === 0 ? ceilings.timeoutMs : ANY)]));
    return {
        role: text(role),
        image: text(image),
        profile: (at) => demand(at, `a version of ${profileOf(name)}`, (value) => typeof value === "string" && plainName(value) === profileOf(name)),
        runtimeClass: minRuntimeClass === undefined ? known : text(minRuntimeClass),
        nameserver: known,
        replicas: countUpTo(ceilings.replicas),
        cpu: upTo(ceilings.cpu),
        memory: upTo(ceilings.memory),
        ephemeralStorage: upTo(ceilings.ephemeralStorage),
        ...Object.fromEntries(VARIABLES[role].map((variable) => [`env.${variable}`, bounds[variable] ?? known])),
    };
}
