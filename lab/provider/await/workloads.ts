import { nameOf, namespaceOf } from "../object";
import { numberAt, textAt } from "../values";
import { complaint, condition, isObserved, isTrue, verdict, type Judge } from "./verdict";

export const deployment: Judge = (object) => {
    const wanted = numberAt(object, ["spec", "replicas"], 1);
    const updated = numberAt(object, ["status", "updatedReplicas"]);
    const available = condition(object, "Available");
    const progressing = condition(object, "Progressing");
    const isRolledOut = isTrue(progressing) && textAt(progressing, "reason") === "NewReplicaSetAvailable" && updated >= wanted;
    const problems = [...complaint(available), ...complaint(progressing)];
    if (!isTrue(available)) {
        problems.push("Minimum number of live Pods was not attained");
    } else if (!isRolledOut) {
        problems.push("Attempted to roll forward to new ReplicaSet, but minimum number of Pods did not become live");
    }
    const count = numberAt(object, ["status", "availableReplicas"]);
    return verdict(isObserved(object) && isTrue(available) && isRolledOut, `Waiting for app ReplicaSet to be available (${count}/${wanted} Pods available)`, problems);
};

export const statefulSet: Judge = (object) => {
    const wanted = numberAt(object, ["spec", "replicas"], 1);
    const ready = numberAt(object, ["status", "readyReplicas"]);
    // Pods below the partition, and all with OnDelete, keep the old template on purpose.
    const partition = numberAt(object, ["spec", "updateStrategy", "rollingUpdate", "partition"]);
    const toUpdate = textAt(object, "spec", "updateStrategy", "type") === "OnDelete" ? 0 : Math.max(0, wanted - partition);
    const isUpdated = textAt(object, "status", "currentRevision") === textAt(object, "status", "updateRevision") || numberAt(object, ["status", "updatedReplicas"]) >= toUpdate;
    return verdict(isObserved(object) && ready >= wanted && isUpdated, `Waiting for StatefulSet (${ready}/${wanted} Pods ready)`, [`${ready} out of ${wanted} replicas succeeded readiness checks`]);
};

export const daemonSet: Judge = (object) => {
    const wanted = numberAt(object, ["status", "desiredNumberScheduled"]);
    const updated = numberAt(object, ["status", "updatedNumberScheduled"]);
    const available = numberAt(object, ["status", "numberAvailable"]);
    const status = `Waiting for DaemonSet (${updated}/${wanted} Pods updated, ${available}/${wanted} available)`;
    return verdict(isObserved(object) && updated >= wanted && available >= wanted, status, [`${available} of ${wanted} Pods are available, ${updated} are updated`]);
};

export const replicationController: Judge = (object) => {
    const wanted = numberAt(object, ["spec", "replicas"], 1);
    const ready = numberAt(object, ["status", "readyReplicas"]);
    return verdict(isObserved(object) && ready >= wanted, `Waiting for ReplicationController (${ready}/${wanted} Pods ready)`, [`${ready} of ${wanted} Pods are ready`]);
};

export const job: Judge = (object) => {
    const failed = condition(object, "Failed");
    if (isTrue(failed)) {
        return { state: "failed", status: "", problems: [`[${textAt(failed, "reason")}] ${textAt(failed, "message")}`] };
    }
    const counts = ["active", "succeeded", "failed"].map((key) => `${key}: ${numberAt(object, ["status", key])}`).join(", ");
    return verdict(isTrue(condition(object, "Complete")), `Waiting for Job "${namespaceOf(object)}/${nameOf(object)}" to succeed (${counts})`);
};
