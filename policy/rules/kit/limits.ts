import { describe } from "../../model/message";
import { forEachContainer, type Container } from "../../model/pod";
import { parseQuantity } from "../../model/quantity";
import { field } from "../../model/read";
import type { Resource } from "../../model/resource";
import { ceilingsOf } from "../../posture/service";
import type { Posture } from "../../posture/posture";
import { demand, onFloor } from "./demand";
import type { Violation } from "../../model/violation";

/** The resource's name in Kubernetes, and in a posture's ceilings. */
interface Limited {
    readonly resource: "cpu" | "memory" | "ephemeral-storage";
    readonly ceiling: "cpu" | "memory" | "ephemeralStorage";
}

/** Request and limit of one resource on every container: set, readable, above zero, request ≤ limit ≤ the service's ceiling. Only the last can be waived. */
export function limitsOf(limited: Limited): (resource: Resource, posture: Posture) => Violation[] {
    return (resource, posture) =>
        forEachContainer(resource, (container) => {
            const ceiling = ceilingsOf(container.pod, posture)?.[limited.ceiling];
            return [...isSet(container, "requests", limited), ...isSet(container, "limits", limited), ...within(container, limited, ceiling)];
        });
}

function isSet(container: Container, bound: "requests" | "limits", { resource }: Limited): Violation[] {
    return onFloor(demand(field(container, "resources", bound, resource), "a quantity above zero", (value) => (parseQuantity(value) ?? 0n) > 0n));
}

/** Silent about values that can't be read, because {@link isSet} has reported them. */
function within(container: Container, { resource }: Limited, ceiling: string | undefined): Violation[] {
    const limit = field(container, "resources", "limits", resource);
    const request = field(container, "resources", "requests", resource);
    const asked = parseQuantity(request.value);
    const allowed = parseQuantity(limit.value);
    const approved = parseQuantity(ceiling);
    return [
        ...(asked !== undefined && allowed !== undefined && asked > allowed
            ? [{ path: request.path, is: describe(request.value), must: `no more than the limit, ${describe(limit.value)}`, floor: true }]
            : []),
        ...(allowed !== undefined && approved !== undefined && allowed > approved
            ? [{ path: limit.path, is: describe(limit.value), must: `no more than ${String(ceiling)}, the approved ceiling of this service` }]
            : []),
    ];
}
