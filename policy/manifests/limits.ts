/**
 * What manifests may cost to read: less than 1 GiB of memory, which the bench measures. Everything that Kubernetes would take fits in: its API
 * server refuses requests above 3 MiB.
 */
export const LIMITS = {
    /** Bytes of one file, and of all of them. */
    fileBytes: 32 * 2 ** 20,
    totalBytes: 128 * 2 ** 20,
    /** Places in all files where a value may begin: lines, commas, brackets, and dashes of lists. */
    values: 750_000,
    /** Values of one object, with all that its aliases stand for: no cluster stores larger ones. */
    objectValues: 200_000,
    /** Objects in all files. */
    objects: 50_000,
    /** How deep lists and maps of one document may nest. */
    depth: 200,
    /** How many values the aliases of one document may stand for. */
    aliasedValues: 100_000,
    /** Findings in all files that are told up to the usual number for each rule and object; behind them, one and how many more there are. */
    findings: 200_000,
    /** How many problems are told before giving up. */
    problems: 20,
} as const;

/** `32 MiB` */
export function inMebibytes(bytes: number): string {
    return `${String(bytes / 2 ** 20)} MiB`;
}

/** `50,000` */
export function inWords(count: number): string {
    return count.toLocaleString("en");
}
