import { forEachContainer } from "../model/pod";
import { field } from "../model/read";
import { demand, oneOf } from "./demand";
import { cis, kubernetes } from "./references";
import type { ResourceRule } from "./rule";

export const readOnlyRootFilesystem: ResourceRule = {
    scope: "resource",
    name: "read-only-root-filesystem",
    measures: ["read-only-root"],
    severity: "high",
    description: "Every container has a read-only root file system.",
    rationale: "Code that gets out of an executor could otherwise replace the service's own programs and wait for them to run.",
    remediation: "Set securityContext.readOnlyRootFilesystem to true on the container; mount a size-limited emptyDir for anything it has to write.",
    references: [kubernetes("tasks/configure-pod-container/security-context/"), cis("5.7.3")],
    check: (resource) =>
        forEachContainer(resource, (container) => demand(field(container, "securityContext", "readOnlyRootFilesystem"), "true", oneOf(true))),
};
