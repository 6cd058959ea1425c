import type { Policies, PolicyResource, PolicyResourceOptions, ReportViolation, ResourceValidationArgs, ResourceValidationPolicy, StackValidationArgs } from "@pulumi/policy";
import { toObject } from "./model/from-pulumi";
import { message } from "./model/message";
import { oncePerPass } from "./model/pass";
import type { Resource } from "./model/resource";
import { Secrets } from "./model/secrets";
import { stackOf } from "./model/stack";
import type { Posture } from "./postures/posture";
import type { Rule, Violation } from "./rules/rule";

/** The rules as policies that Pulumi runs, held against the approved posture of one stack. */
export function policiesOf(rules: readonly Rule[], posture: Posture): Policies {
    const last = (scope: Rule["scope"]) => rules.findLastIndex((rule) => rule.scope === scope);
    const resourceOf = oncePerPass((args: ResourceValidationArgs) => args.urn, toResource, last("resource"));
    const wholeStack = oncePerPass(() => "", (args: StackValidationArgs) => stackOf(args.resources.map(toResource)), last("stack"));
    const secrets = new Secrets();
    const tell = (rule: Rule, violations: readonly Violation[], report: ReportViolation, analysed?: Resource) => {
        for (const violation of violations) {
            const resource = violation.resource ?? analysed;
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
                    const resource = resourceOf(args, turn);
                    tell(rule, rule.check(resource, posture), report, resource);
                },
            };
        }
        return {
            ...metadata,
            validateStack: (args: StackValidationArgs, report: ReportViolation) => {
                tell(rule, rule.check(wholeStack(args, turn), posture), report);
            },
        };
    });
    return [watcher(secrets), ...judging];
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
