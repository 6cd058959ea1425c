import type { Policies, PolicyResource, PolicyResourceOptions, ReportViolation, ResourceValidationArgs, ResourceValidationPolicy, StackValidationArgs, StackValidationPolicy } from "@pulumi/policy";
import { findingsOf, isOpen } from "./judge";
import { toObject } from "./model/from-pulumi";
import { STACK_TYPE } from "./model/kinds";
import { message } from "./model/message";
import { oncePerPass } from "./model/pass";
import type { Resource } from "./model/resource";
import { Secrets } from "./model/secrets";
import { stackOf, type Stack } from "./model/stack";
import { inWords } from "./posture/waivers";
import { compare, inWords as changeInWords } from "./review/compare";
import { observed } from "./review/observed";
import type { Posture } from "./posture/posture";
import type { Rule } from "./rules/rule";

/**
 * The rules as policies that Pulumi runs, held against the approved posture of one stack.
 * @param stackName the stack's name, for the command that approves what is tighter
 */
export function policiesOf(rules: readonly Rule[], posture: Posture, stackName = "STACK"): Policies {
    const lastOnResource = rules.findLastIndex(({ scope }) => scope === "resource");
    const resourceOf = oncePerPass((args: ResourceValidationArgs) => args.urn, toResource, lastOnResource);
    const wholeStack = oncePerPass(() => "", (args: StackValidationArgs) => stackOf(args.resources.map(toResource)), rules.length);
    const secrets = new Secrets();
    const tell = (rule: Rule, subject: Resource | Stack, report: ReportViolation) => {
        for (const { violation, resource } of findingsOf(rule, subject, posture).filter(isOpen)) {
            report(message(rule, violation, resource, (words) => secrets.redact(words)), resource?.urn);
        }
    };
    const judging = rules.map((rule, turn) => {
        const metadata = {
            name: rule.name,
            description: rule.description,
            enforcementLevel: "mandatory" as const,
            severity: rule.severity,
            tags: [...rule.measures],
            remediationSteps: rule.remediation,
            url: rule.references[0],
        };
        if (rule.scope === "resource") {
            return {
                ...metadata,
                validateResource: (args: ResourceValidationArgs, report: ReportViolation) => {
                    tell(rule, resourceOf(args, turn), report);
                },
            };
        }
        return {
            ...metadata,
            validateStack: (args: StackValidationArgs, report: ReportViolation) => {
                tell(rule, wholeStack(args, turn), report);
            },
        };
    });
    return [watcher(secrets), ...judging, waived(posture), ratchet(posture, stackName, (args) => wholeStack(args, rules.length), (words) => secrets.redact(words))];
}

/** A policy on the resource that every preview has, because policies on the stack don't run where a resource is in violation. */
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

function ratchet(posture: Posture, stackName: string, whole: (args: StackValidationArgs) => Stack, redact: (words: string) => string): StackValidationPolicy {
    return {
        name: "ratchet",
        description: "The stack is tighter than what is approved for it: a later relaxation, up to what is approved, would pass.",
        enforcementLevel: "advisory",
        validateStack: (args, report) => {
            const tighter = compare(posture, observed(whole(args), posture)).filter(({ looser }) => !looser);
            const lines = tighter.map((change) => changeInWords({ ...change, now: change.now === undefined ? undefined : redact(change.now) }));
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
    };
}
