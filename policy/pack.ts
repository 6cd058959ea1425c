import type { Policies, PolicyResource, PolicyResourceOptions, ReportViolation, ResourceValidationArgs, ResourceValidationPolicy, StackValidationPolicy } from "@pulumi/policy";
import { findingsIn, isOpen, moreInWords, type Finding } from "./judge";
import { toObject } from "./model/from-pulumi";
import { STACK_TYPE } from "./model/kinds";
import { message, subject } from "./model/message";
import { oncePerPass } from "./model/pass";
import type { Resource } from "./model/resource";
import { Secrets } from "./model/secrets";
import { stackOf } from "./model/stack";
import { MEASURES } from "./model/violation";
import { inWords } from "./posture/waivers";
import { changesIn, inWords as changeInWords } from "./review/changes";
import type { Posture } from "./posture/posture";
import type { Rule } from "./rules/rule";

/** Rules that are judged together, as one policy of Pulumi: the SDK reads all properties of a resource anew for each policy. */
interface Group {
    readonly name: string;
    readonly rules: readonly Rule[];
}

/** A resource, and what nothing excuses of it: found once for all policies. */
interface Looked {
    readonly resource: Resource;
    readonly findings: readonly Finding[];
}

/** The policy that looks at the stack as a whole. */
const WHOLE_STACK = "whole-stack";

/** Rules on resources by the first measure that they guard, in the order of the measures. */
function groupsOf(rules: readonly Rule[]): Group[] {
    const ofResources = rules.filter(({ scope }) => scope === "resource");
    return MEASURES.map((name) => ({ name, rules: ofResources.filter(({ measures: [first] }) => first === name) })).filter((group) => group.rules.length > 0);
}

/**
 * The rules as policies that Pulumi runs, held against the approved posture of one stack. A policy is called after the measure that its
 * rules guard; a message begins with the rule's name.
 * @param stackName the stack's name, for the command that approves what is tighter
 */
export function policiesOf(rules: readonly Rule[], posture: Posture, stackName = "STACK"): Policies {
    const groups = groupsOf(rules);
    const secrets = new Secrets();
    const redact = (words: string): string => secrets.redact(words);
    const look = (args: ResourceValidationArgs): Looked => {
        const resource = toResource(args);
        return { resource, findings: findingsIn(rules, resource, posture).filter(isOpen) };
    };
    const looked = oncePerPass((args: ResourceValidationArgs) => args.urn, look, groups.length);
    const tell = (findings: readonly Finding[], report: ReportViolation): void => {
        for (const finding of findings) {
            const { rule, violation, resource } = finding;
            report(`${rule.name}: ${message(rule, violation, resource, redact)}${moreInWords(finding)}`, resource?.urn);
        }
    };
    const judging = groups.map((group, turn): ResourceValidationPolicy => ({
        ...metadataOf(group),
        validateResource: (args, report) => { tell(looked(args, turn).findings.filter(({ rule }) => group.rules.includes(rule)), report); },
    }));
    const ofStack = { name: WHOLE_STACK, rules: rules.filter(({ scope }) => scope === "stack") };
    const whole: StackValidationPolicy = {
        ...metadataOf(ofStack),
        validateStack: ({ resources }, report) => { tell(findingsIn(rules, stackOf(resources.map(toResource)), posture).filter(isOpen), report); },
    };
    const tighter = (args: ResourceValidationArgs): string[] => {
        const { resource } = looked(args, groups.length);
        return changesIn(resource, posture).filter(({ verdict }) => verdict === "tighter")
            .map((change) => changeInWords({ ...change, object: subject(resource, redact), now: change.now === undefined ? undefined : redact(change.now) }));
    };
    return [watcher(secrets), ...judging, ratchet(tighter, stackName), whole, waived(posture)];
}

function metadataOf({ name, rules }: Group) {
    return {
        name,
        description: name === WHOLE_STACK ? "What only the stack as a whole can tell: presence, order, reachability." : `What guards the measure ${name}.`,
        enforcementLevel: "mandatory" as const,
        tags: [...new Set(rules.flatMap(({ measures }) => measures))],
    };
}

/** A policy on the resource that every preview has, because an update that a resource's violation stops runs none on the stack. */
function waived({ waivers }: Posture): ResourceValidationPolicy {
    return {
        name: "waived",
        description: "What is waived in this stack, and for how long.",
        enforcementLevel: "advisory",
        validateResource: ({ type }, report) => {
            for (const waiver of type === STACK_TYPE ? waivers : []) {
                report(inWords(waiver));
            }
        },
    };
}

/** Advises to approve what is tighter. On each resource, as whole stacks are shown with what the cluster has filled in. */
function ratchet(tighter: (args: ResourceValidationArgs) => readonly string[], stackName: string): ResourceValidationPolicy {
    return {
        name: "ratchet",
        description: "It is tighter than what is approved for it: a later relaxation, up to what is approved, would pass.",
        enforcementLevel: "advisory",
        validateResource: (args, report) => {
            const lines = tighter(args);
            if (lines.length > 0) {
                report([...lines, `"npm run posture -- approve ${stackName}" makes this the most that is approved.`].join("\n"));
            }
        },
    };
}

/** Changes nothing: as a remediation it is shown what is secret, which a validation is not. */
function watcher(secrets: Secrets): ResourceValidationPolicy {
    return {
        name: "secret-values",
        description: "Learns which values are secret, so that no message repeats them.",
        enforcementLevel: "remediate",
        remediateResource: ({ props }) => {
            secrets.collect(props);
        },
    };
}

function toResource(raw: ResourceValidationArgs | PolicyResource): Resource {
    return {
        urn: raw.urn,
        type: raw.type,
        name: raw.name,
        props: toObject(raw.props),
        options: toOptions(raw.opts),
        ...(raw.provider === undefined ? {} : { provider: { ...raw.provider, props: toObject(raw.provider.props) } }),
        dependencies: "dependencies" in raw ? raw.dependencies.map((dependency) => dependency.urn) : [],
    };
}

function toOptions(options: PolicyResourceOptions): Resource["options"] {
    return {
        protect: options.protect,
        ignoreChanges: options.ignoreChanges,
        deleteBeforeReplace: options.deleteBeforeReplace ?? false,
        aliases: options.aliases,
        customTimeouts: timeoutsOf(options),
        additionalSecretOutputs: options.additionalSecretOutputs,
    };
}

/** The SDK has 0 for those that aren't set. */
function timeoutsOf({ customTimeouts: { createSeconds, updateSeconds, deleteSeconds } }: PolicyResourceOptions): Record<string, number> {
    return Object.fromEntries(Object.entries({ create: createSeconds, update: updateSeconds, delete: deleteSeconds }).filter(([, seconds]) => seconds !== 0));
}
