import { isOfKind } from "../model/kinds";
import { forPod } from "../model/pod";
import { fieldOf, members } from "../model/read";
import { isOnlyWords } from "../model/words";
import { forbid } from "./kit/demand";
import { kubernetes } from "./kit/references";
import type { ResourceRule } from "./rule";

/** Annotations that have rules of their own. */
const ELSEWHERE = /^(container\.)?(apparmor\.security\.beta|seccomp\.security\.alpha)\.kubernetes\.io\//;

/** Others that every pod in the namespace, or of the account, gets its settings from. */
const FOR_PODS = ["Namespace", "ServiceAccount"];

export const knownAnnotations: ResourceRule = {
    scope: "resource",
    name: "known-annotations",
    measures: ["network", "gvisor", "kata", "firecracker", "admission"],
    severity: "high",
    description: "Pods, and the namespaces and accounts that they get settings from, have annotations that are known to be only words.",
    rationale: "Container runtimes, network plugins and admission plugins take orders from annotations: a second network past every NetworkPolicy, another kernel or none for a sandboxed runtime, tolerations for a whole namespace, a token of the cloud.",
    remediation: "Remove the annotation; one that only says something is added in policy/model/words.ts.",
    references: [kubernetes("concepts/overview/working-with-objects/annotations/"), kubernetes("reference/labels-annotations-taints/")],
    check: (resource) => {
        const own = FOR_PODS.filter((kind) => isOfKind(resource, kind)).map(() => fieldOf(resource.props, "metadata", "annotations"));
        return [...own, ...forPod(resource, ({ annotations }) => [annotations])].flatMap(members).filter(({ key, value }) => !ELSEWHERE.test(key) && !isOnlyWords(key, value)).flatMap((annotation) => forbid(annotation));
    },
};
