import { isOfKind } from "../model/kinds";
import { forPod } from "../model/pod";
import { field, fieldOf } from "../model/read";
import { demand, isEmpty } from "./kit/demand";
import { cis, kubernetes } from "./kit/references";
import type { ResourceRule } from "./rule";

export const noImagePullSecrets: ResourceRule = {
    scope: "resource",
    name: "no-image-pull-secrets",
    measures: ["admission"],
    severity: "medium",
    needs: "posture",
    description: "Neither pods nor their service accounts name a secret to pull images with; no posture approves one.",
    rationale: "A pull secret is a key to the registry that has to lie in the sandbox's own namespace, and with it images come from where nobody else can look at them.",
    remediation: "Remove imagePullSecrets from the pod and from its ServiceAccount; the approved images are pulled without one.",
    references: [kubernetes("tasks/configure-pod-container/pull-image-private-registry/"), cis("5.4.1"), cis("5.5.1")],
    check: (resource) => [
        ...(isOfKind(resource, "ServiceAccount") ? demand(fieldOf(resource.props, "imagePullSecrets"), "left out", isEmpty) : []),
        ...forPod(resource, ({ spec }) => demand(field(spec, "imagePullSecrets"), "left out", isEmpty)),
    ],
};
