import { forEachContainer, forPod } from "../model/pod";
import { parseQuantity } from "../model/quantity";
import { field, members } from "../model/read";
import { demand, forbid, isEmpty } from "./kit/demand";
import { kubernetes } from "./kit/references";
import type { ResourceRule } from "./rule";

const RESOURCES = ["cpu", "memory", "ephemeral-storage"];

export const noDevices: ResourceRule = {
    scope: "resource",
    name: "no-devices",
    measures: ["no-privilege-escalation"],
    severity: "high",
    description: "Containers ask for CPU, memory and ephemeral storage, and for no device, huge page or pod-wide pool.",
    rationale: "A device brings its driver, a large piece of kernel code, within reach of user code; pod-wide resources replace the limits of each container.",
    remediation: `Keep only ${RESOURCES.join(", ")} in the container's requests and limits; remove claims, volumeDevices and the pod's own resources.`,
    references: [kubernetes("concepts/scheduling-eviction/dynamic-resource-allocation/"), kubernetes("concepts/configuration/manage-resources-containers/")],
    check: (resource) => [
        ...forPod(resource, ({ spec }) => [
            ...demand(field(spec, "resourceClaims"), "left out", isEmpty),
            ...demand(field(spec, "resources"), "left out; containers have their own", isEmpty),
        ]),
        ...forEachContainer(resource, (container) => [
            ...demand(field(container, "volumeDevices"), "left out", isEmpty),
            ...demand(field(container, "resources", "claims"), "left out", isEmpty),
            ...["requests", "limits"]
                .flatMap((bound) => members(field(container, "resources", bound)))
                .filter(({ key, value }) => !RESOURCES.includes(key) && parseQuantity(value) !== 0n)
                .flatMap((asked) => forbid(asked)),
        ]),
    ],
};
