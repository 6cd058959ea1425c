import type { Policies, PolicyResource, PolicyResourceOptions, ReportViolation, ResourceValidationArgs, ResourceValidationPolicy, StackValidationPolicy } from "@pulumi/policy";
import { findingsIn, isOpen, moreInWords } from "./judge";
import { toObject } from "./model/from-pulumi";
import { STACK_TYPE } from "./model/kinds";
import { message, subject } from "./model/message";
import type { Resource } from "./model/resource";
import { Secrets } from "./model/secrets";
import { stackOf, type Stack } from "./model/stack";
import { inWords } from "./posture/waivers";
import { changesIn, inWords as changeInWords } from "./review/changes";
import type { Posture } from "./posture/posture";
import type { Rule } from "./rules/rule";

/**
 * The rules as policies that Pulumi runs, held against the approved posture of a stack: one on each resource, which stops an update
 * before the object is made, and one on the whole stack. A message begins with the rule's name. More policies would say nothing more,
 * and the SDK reads all properties of a resource anew for each.
 * @param postures posture of a stack by its name
 */
export function policiesOf(rules: readonly Rule[], postures: (stack: string) => Posture): Policies {
    const secrets = new Secrets();
    const redact = (words: string): string => secrets.redact(words);
    const tell = (judged: Resource | Stack, posture: Posture, report: ReportViolation): void => {
        for (const finding of findingsIn(rules, judged, posture).filter(isOpen)) {
            const { rule, violation, resource } = finding;
            report(`${rule.name}: ${message(rule, violation, resource, redact)}${moreInWords(finding)}`, resource?.urn);
        }
    };
    const each: ResourceValidationPolicy = {
        ...metadataOf("each-resource", "What a resource by itself can tell: its fields, its options, its provider.", rules.filter(({ scope }) => scope === "resource")),
        validateResource: (args, report) => { tell(toResource(args), postures(stackIn(args.urn)), report); },
    };
    const whole: StackValidationPolicy = {
        ...metadataOf("whole-stack", "What only the stack as a whole can tell: presence, order, reachability.", rules.filter(({ scope }) => scope === "stack")),
        validateStack: ({ resources }, report) => { tell(stackOf(resources.map(toResource)), postures(stackIn(resources[0]?.urn)), report); },
    };
    const tighter = (resource: Resource): string[] => changesIn(resource, postures(stackIn(resource.urn))).filter(({ verdict }) => verdict === "tighter")
        .map((change) => changeInWords({ ...change, object: subject(resource, redact), now: change.now === undefined ? undefined : redact(change.now) }));
    return [watcher(secrets), each, ratchet(tighter), whole, waived(postures)];
}

function metadataOf(name: string, description: string, rules: readonly Rule[]) {
    return { name, description, enforcementLevel: "mandatory" as const, tags: [...new Set(rules.flatMap(({ measures }) => measures))] };
}

/** A policy on the resource that every preview has, because an update that a resource's violation stops runs none on the stack. */
function waived(postures: (stack: string) => Posture): ResourceValidationPolicy {
    return {
        name: "waived",
        description: "What is waived in this stack, and for how long.",
        enforcementLevel: "advisory",
        validateResource: ({ type, urn }, report) => {
            for (const waiver of type === STACK_TYPE ? postures(stackIn(urn)).waivers : []) {
                report(inWords(waiver));
            }
        },
    };
}

/** Advises to approve what is tighter. On each resource, as whole stacks are shown with what the cluster has filled in. */
function ratchet(tighter: (resource: Resource) => readonly string[]): ResourceValidationPolicy {
    return {
        name: "ratchet",
        description: "It is tighter than what is approved for it: a later relaxation, up to what is approved, would pass.",
        enforcementLevel: "advisory",
        validateResource: (args, report) => {
            const lines = tighter(toResource(args));
            if (lines.length > 0) {
                report([...lines, `"npm run posture -- approve ${stackIn(args.urn)}" makes this the most that is approved.`].join("\n"));
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

/** The stack's name: `staging` of `urn:pulumi:staging::wikifunctions::…`. */
function stackIn(urn = ""): string {
    return urn.split("::")[0]?.split(":")[2] ?? "";
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
