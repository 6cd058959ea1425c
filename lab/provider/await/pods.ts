import type { Cluster } from "../cluster";
import { idOf, kindOf, namespaceOf, type KubernetesObject } from "../object";
import { at, isMap, listAt, numberAt, textAt, type Value } from "../values";
import { condition, isTrue, verdict, type Judge } from "./verdict";

function containerProblem(status: Value): string | undefined {
    const name = textAt(status, "name");
    const waiting = at(status, "state", "waiting");
    const ended = at(status, "state", "terminated");
    if (waiting !== undefined && textAt(waiting, "message") !== "") {
        return `container "${name}": [${textAt(waiting, "reason")}] ${textAt(waiting, "message")}`;
    }
    const code = numberAt(ended, ["exitCode"]);
    return code === 0 ? undefined : `container "${name}" ended with exit code ${code}${textAt(ended, "reason") === "" ? "" : ` (${textAt(ended, "reason")})`}`;
}

/** What keeps a pod from being ready, each with the pod's name. */
export function podProblems(pod: KubernetesObject): string[] {
    const scheduled = condition(pod, "PodScheduled");
    const unscheduled = scheduled === undefined || isTrue(scheduled) ? [] : [textAt(scheduled, "message")];
    const containers = [...listAt(pod, "status", "initContainerStatuses"), ...listAt(pod, "status", "containerStatuses")].map(containerProblem);
    return [...unscheduled, textAt(pod, "status", "message"), ...containers].filter((text) => text !== undefined && text !== "").map((text) => `[Pod ${idOf(pod)}]: ${text}`);
}

/** What keeps the pods of a workload from being ready; nothing for other kinds. */
export async function problemsOfPods(workload: KubernetesObject, cluster: Cluster): Promise<string[]> {
    const selector = at(workload, "spec", "selector", "matchLabels");
    if (kindOf(workload) === "Service" || !isMap(selector)) {
        return [];
    }
    // Whoever may not list pods gets no worse than the workload's own words.
    const pods = await cluster.list("v1", "Pod", namespaceOf(workload) || "default", selector as Record<string, string>).catch(() => []);
    return pods.flatMap(podProblems);
}

export const pod: Judge = (object) => {
    const phase = textAt(object, "status", "phase");
    const problems = podProblems(object);
    if (phase === "Failed") {
        return { state: "failed", status: "", problems };
    }
    const isScheduled = isTrue(condition(object, "PodScheduled"));
    return verdict(phase === "Succeeded" || isTrue(condition(object, "Ready")), `Waiting for Pod "${idOf(object)}" to be ${isScheduled ? "ready" : "scheduled"}`, problems);
};
