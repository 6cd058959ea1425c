import { describe } from "../../model/message";
import { forEachContainer, type Container } from "../../model/pod";
import { parseQuantity } from "../../model/quantity";
import { field } from "../../model/read";
import type { Resource } from "../../model/resource";
import type { Violation } from "../../model/violation";
import { demand } from "./demand";

type Limited = "cpu" | "memory" | "ephemeral-storage";

/** Request and limit of one resource on every container: set, readable, above zero, and the request no more than the limit. */
export function limitsOf(limited: Limited): (resource: Resource) => Violation[] {
    return (resource) => forEachContainer(resource, (container) => [
        ...isSet(container, "requests", limited),
        ...isSet(container, "limits", limited),
        ...within(container, limited),
    ]);
}

function isSet(container: Container, bound: "requests" | "limits", limited: Limited): Violation[] {
    return demand(field(container, "resources", bound, limited), "a quantity above zero", (value) => (parseQuantity(value) ?? 0n) > 0n);
}

/** Silent about values that can't be read, because {@link isSet} has reported them. */
function within(container: Container, limited: Limited): Violation[] {
    const limit = field(container, "resources", "limits", limited);
    const request = field(container, "resources", "requests", limited);
    const [asked, allowed] = [parseQuantity(request.value), parseQuantity(limit.value)];
    return asked !== undefined && allowed !== undefined && asked > allowed
        ? [{ path: request.path, is: describe(request.value), must: `no more than the limit, ${describe(limit.value)}` }]
        : [];
}
