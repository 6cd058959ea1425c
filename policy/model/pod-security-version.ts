import type { Value } from "./resource";

/** Versions of the Pod Security Standards are those of Kubernetes; older ones know less. */
export const LEAST_MINOR = 30;

/** Whether a namespace's label names a version of the standards that knows enough: `latest`, or `v1.30` and newer. */
export function isRecent(version: Value): boolean {
    const minor = typeof version === "string" ? /^v1\.([1-9]\d{1,2})$/.exec(version)?.[1] : undefined;
    return version === "latest" || (minor !== undefined && Number(minor) >= LEAST_MINOR);
}
