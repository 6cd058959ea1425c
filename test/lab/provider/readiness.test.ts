import assert from "node:assert/strict";
import { persistentVolumeClaim, resourceQuota, service } from "../../../lab/provider/await/others";
import { pod, podProblems } from "../../../lab/provider/await/pods";
import type { Judge } from "../../../lab/provider/await/verdict";
import { daemonSet, deployment, job, statefulSet } from "../../../lab/provider/await/workloads";
import type { Cluster } from "../../../lab/provider/cluster";
import type { Values } from "../../../lab/provider/values";

const condition = (type: string, status = "True", reason = ""): Values => ({ type, status, reason, message: "why" });
const seen = (status: Values, spec: Values = { replicas: 2 }, generation = 3): Values => ({ metadata: { name: "it", namespace: "ns", generation }, spec, status: { observedGeneration: 3, ...status } });
const ROLLED_OUT = [condition("Available"), condition("Progressing", "True", "NewReplicaSetAvailable")];
const cluster = (slices: Values[], binding = "Immediate") => ({ list: () => Promise.resolve(slices), get: () => Promise.resolve({ volumeBindingMode: binding }) }) as unknown as Cluster;

/** A kind's judge, an object, and what it is. */
const CASES: Readonly<Record<string, readonly [Judge, Values, string, Cluster?]>> = {
    "a Deployment that is rolled out": [deployment, seen({ updatedReplicas: 2, conditions: ROLLED_OUT }), "ready"],
    "one whose controller hasn't seen the change": [deployment, seen({ updatedReplicas: 2, conditions: ROLLED_OUT }, { replicas: 2 }, 4), "waiting"],
    "one with too few new pods": [deployment, seen({ updatedReplicas: 1, conditions: ROLLED_OUT }), "waiting"],
    "one that still rolls": [deployment, seen({ updatedReplicas: 2, conditions: [condition("Available"), condition("Progressing", "True", "ReplicaSetUpdated")] }), "waiting"],
    "one without replicas": [deployment, seen({ conditions: ROLLED_OUT }, { replicas: 0 }), "ready"],
    "a StatefulSet that is ready": [statefulSet, seen({ readyReplicas: 2, updatedReplicas: 2, currentRevision: "a", updateRevision: "b" }), "ready"],
    "one with old pods": [statefulSet, seen({ readyReplicas: 2, updatedReplicas: 1, currentRevision: "a", updateRevision: "b" }), "waiting"],
    "one with old pods on purpose": [statefulSet, seen({ readyReplicas: 2, updatedReplicas: 1, currentRevision: "a", updateRevision: "b" }, { replicas: 2, updateStrategy: { rollingUpdate: { partition: 1 } } }), "ready"],
    "a DaemonSet without nodes": [daemonSet, seen({ desiredNumberScheduled: 0 }), "ready"],
    "one that nobody has counted": [daemonSet, { metadata: { generation: 1 }, status: {} }, "waiting"],
    "one that lacks a pod": [daemonSet, seen({ desiredNumberScheduled: 2, updatedNumberScheduled: 2, numberAvailable: 1 }), "waiting"],
    "a Job that is done": [job, seen({ conditions: [condition("Complete")] }), "ready"],
    "one that runs": [job, seen({ active: 1 }), "waiting"],
    "one that failed": [job, seen({ conditions: [condition("Failed", "True", "BackoffLimitExceeded")] }), "failed"],
    "a Pod that is ready": [pod, seen({ conditions: [condition("Ready")] }), "ready"],
    "one that has ended well": [pod, seen({ phase: "Succeeded" }), "ready"],
    "one that has failed": [pod, seen({ phase: "Failed" }), "failed"],
    "one that waits for a node": [pod, seen({ phase: "Pending" }), "waiting"],
    "a Service with endpoints": [service, seen({}, { selector: { a: "b" } }), "ready", cluster([{}])],
    "one without": [service, seen({}, { selector: { a: "b" } }), "waiting", cluster([])],
    "one without a selector": [service, seen({}, {}), "ready", cluster([])],
    "one without an address of its own": [service, seen({}, { clusterIP: "None", selector: { a: "b" } }), "ready", cluster([])],
    "one that waits for its load balancer": [service, seen({}, { type: "LoadBalancer", selector: { a: "b" } }), "waiting", cluster([{}])],
    "a ResourceQuota that counts": [resourceQuota, seen({ hard: { pods: "1" } }, { hard: { pods: "1" } }), "ready"],
    "one that doesn't yet": [resourceQuota, seen({ hard: { pods: "1" } }, { hard: { pods: "2" } }), "waiting"],
    "a claim that is bound": [persistentVolumeClaim, seen({ phase: "Bound" }), "ready", cluster([])],
    "one that waits for its first pod": [persistentVolumeClaim, seen({ phase: "Pending" }, { storageClassName: "s" }), "ready", cluster([], "WaitForFirstConsumer")],
    "one that waits": [persistentVolumeClaim, seen({ phase: "Pending" }, { storageClassName: "s" }), "waiting", cluster([])],
};

describe("readiness", () => {
    for (const [what, [judge, object, state, inCluster = cluster([])]] of Object.entries(CASES)) {
        it(`${what} is ${state}`, async () => { assert.equal((await judge(object, inCluster)).state, state); });
    }

    it("names what keeps a pod from running", () => {
        const waiting = { name: "main", state: { waiting: { reason: "ErrImagePull", message: "no such image" } } };
        const ended = { name: "init", state: { terminated: { exitCode: 2, reason: "Error" } } };
        assert.deepEqual(podProblems(seen({ initContainerStatuses: [ended], containerStatuses: [waiting, { name: "fine", state: { running: {} } }] })), [
            "[Pod ns/it]: container \"init\" ended with exit code 2 (Error)",
            "[Pod ns/it]: container \"main\": [ErrImagePull] no such image",
        ]);
    });
});
