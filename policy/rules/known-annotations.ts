import { isOfKind } from "../model/kinds";
import { forPod } from "../model/pod";
import { field, members } from "../model/read";
import { forbid } from "./kit/demand";
import { kubernetes } from "./kit/references";
import type { ResourceRule } from "./rule";

/** Annotations that change nothing of a pod: words for people, for tools that read, and those that have rules of their own. */
const HARMLESS = ["kubernetes.io/description", "kubectl.kubernetes.io/default-container", "kubectl.kubernetes.io/restartedAt", "seccomp.security.alpha.kubernetes.io/pod"];
const HARMLESS_PREFIXES = ["prometheus.io/", "container.apparmor.security.beta.kubernetes.io/", "container.seccomp.security.alpha.kubernetes.io/"];

/** Others that every pod in the namespace, or of the account, gets its settings from. */
const FOR_PODS = ["Namespace", "ServiceAccount"];

export const knownAnnotations: ResourceRule = {
    scope: "resource",
    name: "known-annotations",
    measures: ["network", "gvisor", "kata", "firecracker", "admission"],
    severity: "high",
    description: "Pods, and the namespaces and accounts that they get settings from, have annotations that are known to change nothing.",
    rationale: "Container runtimes, network plugins and admission plugins take orders from annotations: a second network past every NetworkPolicy, another kernel or none for a sandboxed runtime, tolerations for a whole namespace, a token of the cloud.",
    remediation: "Remove the annotation; one that only says something is added in policy/rules/known-annotations.ts.",
    references: [kubernetes("concepts/overview/working-with-objects/annotations/"), kubernetes("reference/labels-annotations-taints/")],
    check: (resource) => {
        const own = FOR_PODS.filter((kind) => isOfKind(resource, kind)).map(() => field({ path: "", value: resource.props }, "metadata", "annotations"));
        return [...own, ...forPod(resource, ({ annotations }) => [annotations])].flatMap(members).filter(({ key }) => !isHarmless(key)).flatMap((annotation) => forbid(annotation));
    },
};

function isHarmless(key: string): boolean {
    return HARMLESS.includes(key) || HARMLESS_PREFIXES.some((prefix) => key.startsWith(prefix));
}
