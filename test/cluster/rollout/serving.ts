import { momentsOf, objectsOf, type History, type Moment, type Watched } from "./events";

export interface EndpointSlice extends Watched {
    readonly endpoints?: readonly { readonly conditions?: { readonly ready?: boolean } }[] | null;
}

/** Label by which an EndpointSlice belongs to a Service. */
export const SERVICE_NAME = "kubernetes.io/service-name";

/** How many pods take the Service's requests. */
export function readyEndpoints(slices: readonly EndpointSlice[]): number {
    return slices.flatMap(({ endpoints }) => endpoints ?? []).filter(({ conditions }) => conditions?.ready === true).length;
}

function isServed(objects: Moment["objects"], namespace: string, service: string): boolean {
    return readyEndpoints(objectsOf(objects, "EndpointSlice", namespace).filter(({ metadata }) => metadata.labels?.[SERVICE_NAME] === service) as EndpointSlice[]) > 0;
}

/** Every Service that for a moment had no ready pod, with the event that took the last one away, or that never had one. */
export function outages(history: History, namespace: string, services: readonly string[]): string[] {
    const served = new Map(services.map((service) => [service, false]));
    const found: string[] = [];
    for (const { after, objects } of momentsOf(history)) {
        for (const service of services) {
            const now = isServed(objects, namespace, service);
            if (served.get(service) === true && !now) {
                found.push(`${service} without a ready pod after ${after}`);
            }
            served.set(service, now);
        }
    }
    return [...found, ...services.filter((service) => served.get(service) !== true).map((service) => `${service} without a ready pod in the end`)];
}
