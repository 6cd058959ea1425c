import { isLoader } from "../posture/loader";
import { forEachContainer } from "../model/pod";
import { field } from "../model/read";
import { demand, isEmpty } from "./kit/demand";
import { kubernetes } from "./kit/references";
import type { ResourceRule } from "./rule";

export const noVolumeMounts: ResourceRule = {
    scope: "resource",
    name: "no-volume-mounts",
    measures: ["read-only-root", "admission"],
    severity: "critical",
    needs: "posture",
    description: "Services see the files of their image and no others: nothing is mounted over them or beside them.",
    rationale: "A ConfigMap over /srv/service, /usr or /etc puts another program in the place of the approved image's, and scratch space is where user code can keep what it brings along.",
    remediation: "Remove volumeMounts from the container, and the volume from the pod; what a service needs is in its image and in its environment.",
    references: [kubernetes("concepts/storage/volumes/"), kubernetes("tasks/configure-pod-container/configure-pod-configmap/")],
    check: (resource, posture) =>
        forEachContainer(resource, (container) =>
            // The loader's mounts are the two that its own rule demands.
            isLoader(container.pod, posture) ? [] : demand(field(container, "volumeMounts"), "left out, so that the image decides", isEmpty),
        ),
};
