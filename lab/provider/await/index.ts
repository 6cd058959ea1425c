import { setTimeout as delay } from "node:timers/promises";
import { isNotFound } from "../client";
import type { Cluster } from "../cluster";
import { ANNOTATION, annotation, apiVersionOf, isMarked, kindOf, nameOf, type KubernetesObject } from "../object";
import { ingress, persistentVolume, persistentVolumeClaim, resourceQuota, service } from "./others";
import { pod, problemsOfPods } from "./pods";
import { verdict, type Judge } from "./verdict";
import { daemonSet, deployment, job, replicationController, statefulSet } from "./workloads";

interface Readiness {
    readonly judge: Judge;
    /** Seconds to become ready, unless the program says. */
    readonly timeout: number;
    /** Whether a refresh asks too. */
    readonly onRead: boolean;
}

/** What has a life after it is created, and is waited for; everything else is ready at once. */
const READINESS: Readonly<Record<string, Readiness>> = {
    "apps/v1 DaemonSet": { judge: daemonSet, timeout: 600, onRead: true },
    "apps/v1 Deployment": { judge: deployment, timeout: 600, onRead: true },
    "apps/v1 StatefulSet": { judge: statefulSet, timeout: 600, onRead: true },
    "batch/v1 Job": { judge: job, timeout: 600, onRead: true },
    "networking.k8s.io/v1 Ingress": { judge: ingress, timeout: 600, onRead: true },
    "v1 PersistentVolume": { judge: persistentVolume, timeout: 300, onRead: false },
    "v1 PersistentVolumeClaim": { judge: persistentVolumeClaim, timeout: 300, onRead: false },
    "v1 Pod": { judge: pod, timeout: 300, onRead: true },
    "v1 ReplicationController": { judge: replicationController, timeout: 300, onRead: false },
    "v1 ResourceQuota": { judge: resourceQuota, timeout: 60, onRead: false },
    "v1 Service": { judge: service, timeout: 600, onRead: true },
};

/** Kinds whose deletion isn't waited for when the program skips waiting: those for which the official provider does so. */
const SKIPS_DELETION = new Set(["v1 Namespace", "v1 Pod", "v1 ReplicationController", "apps/v1 DaemonSet", "apps/v1 Deployment", "apps/v1 StatefulSet", "batch/v1 Job"]);
const DELETION_SECONDS = 600;
/** Milliseconds between looks: often at first, because most things are ready soon. */
const FIRST_LOOK = 100;
const LATER_LOOK = 1000;

const typeOf = (object: KubernetesObject): string => `${apiVersionOf(object)} ${kindOf(object)}`;

/** The API server has accepted an object, but it didn't become what it was to be. */
export class NotReady extends Error {
    override readonly name = "NotReady";

    constructor(message: string, readonly live: KubernetesObject, readonly problems: readonly string[]) {
        super(message);
    }
}

export interface Waiting {
    readonly cluster: Cluster;
    /** Seconds, from the resource's options; 0 for none. */
    readonly timeout: number;
    readonly cancelled: AbortSignal;
    readonly status: (message: string) => void;
}

/** Milliseconds: the resource's option, then the annotation, then what is usual. */
export function patience(timeout: number, inputs: KubernetesObject, usual: number): number {
    const annotated = annotation(inputs, ANNOTATION.timeoutSeconds);
    return (timeout || (/^\d+$/.test(annotated) ? Number(annotated) : usual)) * 1000;
}

/** Looks again and again until `look` has an answer. @returns undefined when time is up or the user has cancelled */
async function until<Found>(look: () => Promise<Found | undefined>, milliseconds: number, cancelled: AbortSignal): Promise<Found | undefined> {
    const end = Date.now() + milliseconds;
    for (let pause = FIRST_LOOK; ; pause = Math.min(2 * pause, LATER_LOOK)) {
        const found = await look();
        if (found !== undefined || cancelled.aborted || Date.now() >= end) {
            return found;
        }
        await delay(Math.min(pause, Math.max(0, end - Date.now())), undefined, { signal: cancelled }).catch(() => undefined);
    }
}

/**
 * Waits until the object is ready, where its kind has something to wait for and the program doesn't skip it.
 * @returns the object as it then is
 * @throws NotReady when it fails, when time is up, and when the user cancels
 */
export async function untilReady(created: KubernetesObject, inputs: KubernetesObject, { cluster, timeout, cancelled, status }: Waiting): Promise<KubernetesObject> {
    const readiness = READINESS[typeOf(created)];
    let live = created;
    let problems: readonly string[] = [];
    if (readiness === undefined || isMarked(inputs, ANNOTATION.skipAwait)) {
        return cluster.get(created).catch(() => created);
    }
    const ended = await until(async () => {
        // It is created: what goes wrong with a look is no reason to forget about it.
        const { state, status: message, problems: now } = await cluster.get(live).then((found) => {
            live = found;
            return readiness.judge(found, cluster);
        }).catch((error: unknown) => verdict(false, (error as Error).message, [(error as Error).message]));
        problems = now;
        if (state === "waiting") {
            status(message);
            return undefined;
        }
        return state;
    }, patience(timeout, inputs, readiness.timeout), cancelled);
    if (ended !== "ready") {
        const why = ended === "failed" ? `'${nameOf(live)}' failed` : cancelled.aborted ? `Resource operation was cancelled for "${nameOf(live)}"` : `'${nameOf(live)}' timed out waiting to be Ready`;
        throw new NotReady(why, live, [...problems, ...await problemsOfPods(live, cluster)]);
    }
    status("");
    return live;
}

/** Looks once, for a refresh. @throws NotReady */
export async function demandReady(live: KubernetesObject, inputs: KubernetesObject, cluster: Cluster): Promise<void> {
    const readiness = READINESS[typeOf(live)];
    if (readiness === undefined || !readiness.onRead || isMarked(inputs, ANNOTATION.skipAwait)) {
        return;
    }
    const { state, problems } = await readiness.judge(live, cluster);
    if (state !== "ready") {
        throw new NotReady(`Resource '${nameOf(live)}' was created but failed to initialize`, live, [...problems, ...await problemsOfPods(live, cluster)]);
    }
}

/** Waits until the object is gone. @throws NotReady when it still is there in the end */
export async function untilDeleted(object: KubernetesObject, inputs: KubernetesObject, { cluster, timeout, cancelled, status }: Waiting): Promise<void> {
    if (isMarked(inputs, ANNOTATION.skipAwait) && SKIPS_DELETION.has(typeOf(object))) {
        return;
    }
    let live = object;
    const uid = (one: KubernetesObject): unknown => (one["metadata"] as KubernetesObject | undefined)?.["uid"];
    const gone = await until(async () => {
        const found = await cluster.get(live).catch((error: unknown) => {
            if (isNotFound(error)) {
                return undefined;
            }
            throw error;
        });
        // Another one of the same name is not ours.
        if (found === undefined || (uid(object) !== undefined && uid(found) !== uid(object))) {
            return true;
        }
        live = found;
        status("Waiting for its deletion");
        return undefined;
    }, patience(timeout, inputs, DELETION_SECONDS), cancelled);
    if (gone === undefined) {
        throw new NotReady(cancelled.aborted ? `Resource operation was cancelled for "${nameOf(live)}"` : `'${nameOf(live)}' timed out waiting to be deleted`, live, []);
    }
    status("");
}
