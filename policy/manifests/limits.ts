/** What a manifest may cost to read. Everything that Kubernetes would take fits in: its API server refuses requests above 3 MiB. */
export const LIMITS = {
    /** Bytes of one file, and of all of them. */
    fileBytes: 32 * 2 ** 20,
    totalBytes: 256 * 2 ** 20,
    /** Values of one file; a file of that size has far fewer lines. */
    values: 2_000_000,
    /** Objects in all files. */
    objects: 100_000,
    /** How deep lists and maps of one document may nest. */
    depth: 200,
    /** How many values the aliases of one document may stand for. */
    aliasedValues: 100_000,
    /** How many problems are told before giving up. */
    problems: 20,
} as const;

/** `32 MiB` */
export function inMebibytes(bytes: number): string {
    return `${String(bytes / 2 ** 20)} MiB`;
}
