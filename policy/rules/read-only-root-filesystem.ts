import { forEachContainer } from "../model/pod";
import { field } from "../model/read";
import { demand, oneOf, unsetOr } from "./kit/demand";
import { cis, kubernetes } from "./kit/references";
import type { ResourceRule } from "./rule";

/** Where Kubernetes mounts a writable file of its own, for what a container says when it ends. */
const TERMINATION_LOG = "/dev/termination-log";

export const readOnlyRootFilesystem: ResourceRule = {
    scope: "resource",
    name: "read-only-root-filesystem",
    measures: ["read-only-root"],
    severity: "high",
    description: "Every container has a read-only root file system, and no writable file is mounted over it.",
    rationale: "Code that gets out of an executor could otherwise replace the service's own programs and wait for them to run.",
    remediation: "Set securityContext.readOnlyRootFilesystem to true on the container; remove terminationMessagePath, which mounts a writable file wherever it says.",
    references: [kubernetes("tasks/configure-pod-container/security-context/"), cis("5.7.3")],
    check: (resource) =>
        forEachContainer(resource, (container) => [
            ...demand(field(container, "securityContext", "readOnlyRootFilesystem"), "true", oneOf(true)),
            ...demand(field(container, "terminationMessagePath"), `${TERMINATION_LOG} or left out`, unsetOr("", TERMINATION_LOG)),
        ]),
};
