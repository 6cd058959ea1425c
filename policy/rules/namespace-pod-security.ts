import { isOfKind } from "../model/kinds";
import { describeName } from "../model/message";
import { isRecent, LEAST_MINOR } from "../model/pod-security-version";
import { field, fieldOf } from "../model/read";
import { metadata } from "../model/stack";
import { demand, oneOf } from "./kit/demand";
import { cis, kubernetes } from "./kit/references";
import type { ResourceRule } from "./rule";

const PREFIX = "pod-security.kubernetes.io/";
const MODES = ["enforce", "audit", "warn"];

export const namespacePodSecurity: ResourceRule = {
    scope: "resource",
    name: "namespace-pod-security",
    measures: ["admission"],
    severity: "critical",
    description: "Pod Security Admission holds the sandbox's namespace to the restricted level: it refuses, records and warns.",
    rationale: "A preview guards what Pulumi deploys; only admission guards against what somebody applies past it with kubectl.",
    remediation: "Label the namespace with pod-security.kubernetes.io/enforce, audit and warn: restricted, and their versions with latest.",
    references: [kubernetes("concepts/security/pod-security-admission/"), cis("5.2.1")],
    check: (resource, posture) => {
        if (!isOfKind(resource, "Namespace") || metadata(resource, "name") === posture.loaderNamespace) {
            return [];
        }
        const labels = fieldOf(resource.props, "metadata", "labels");
        return MODES.flatMap((mode) => [
            ...demand(field(labels, `${PREFIX}${mode}`), "\"restricted\"", oneOf("restricted"), describeName),
            ...demand(field(labels, `${PREFIX}${mode}-version`), `"latest", or v1.${String(LEAST_MINOR)} or newer`, isRecent, describeName),
        ]);
    },
};
