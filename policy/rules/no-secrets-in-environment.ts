import { forEachContainer, forPod } from "../model/pod";
import { entries, field } from "../model/read";
import { demand, isEmpty, oneOf } from "./kit/demand";
import { cis, kubernetes } from "./kit/references";
import type { ResourceRule } from "./rule";

export const noSecretsInEnvironment: ResourceRule = {
    scope: "resource",
    name: "no-secrets-in-environment",
    measures: ["no-privilege-escalation", "network"],
    severity: "high",
    description: "Every environment variable is written out in the pod, none comes from a Secret, a ConfigMap or the cluster.",
    rationale: "User code inherits the whole environment of its service, so that whatever stands there, anybody may read.",
    remediation: "Write the value out in env[].value, remove valueFrom and envFrom, and set enableServiceLinks to false on the pod.",
    references: [kubernetes("concepts/configuration/secret/"), cis("5.4.1")],
    check: (resource) => [
        ...forPod(resource, ({ spec }) => demand(field(spec, "enableServiceLinks"), "false", oneOf(false))),
        ...forEachContainer(resource, (container) => [
            ...demand(field(container, "envFrom"), "left out", isEmpty),
            ...entries(field(container, "env")).flatMap((entry) => demand(field(entry, "valueFrom"), "left out", isEmpty)),
        ]),
    ],
};
