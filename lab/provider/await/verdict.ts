import type { Cluster } from "../cluster";
import type { KubernetesObject } from "../object";
import { listAt, numberAt, textAt, type Value } from "../values";

/** How far an object has come. */
export interface Verdict {
    readonly state: "ready" | "waiting" | "failed";
    /** What is being waited for, shown while it is. */
    readonly status: string;
    /** What stands in the way, told when it comes to nothing. */
    readonly problems: readonly string[];
}

export type Judge = (object: KubernetesObject, cluster: Cluster) => Verdict | Promise<Verdict>;

export function verdict(ready: boolean, status: string, problems: readonly string[] = []): Verdict {
    return { state: ready ? "ready" : "waiting", status, problems };
}

export function condition(object: KubernetesObject, type: string): Value | undefined {
    return listAt(object, "status", "conditions").find((one) => textAt(one, "type") === type);
}

export const isTrue = (one: Value | undefined): boolean => textAt(one, "status") === "True";

/** `[reason] message` of a condition that doesn't hold; none where it holds or isn't there. */
export function complaint(one: Value | undefined): string[] {
    return one === undefined || isTrue(one) ? [] : [`[${textAt(one, "reason")}] ${textAt(one, "message")}`];
}

/** Whether the controller has seen the object as it is now. */
export function isObserved(object: KubernetesObject): boolean {
    return numberAt(object, ["status", "observedGeneration"], -1) >= numberAt(object, ["metadata", "generation"]);
}
