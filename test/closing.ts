/** What couldn't be run, in words for the user. */
export interface NotRun {
    readonly what: string;
    readonly missing: string;
    readonly remedy: string;
}

/** How the tests of one mocha ended. */
export interface Result {
    readonly passed: number;
    /** Full titles. */
    readonly failed: readonly string[];
    readonly skipped: number;
    readonly notRun: readonly NotRun[];
}

/** Adds a thing that couldn't be run; once, where several suites need the same. */
export function addNotRun(list: NotRun[], { what, missing, remedy }: NotRun): void {
    if (!list.some((other) => other.what === what && other.missing === missing)) {
        list.push({ what, missing, remedy });
    }
}

export function sum(results: readonly Result[]): Result {
    const notRun: NotRun[] = [];
    results.flatMap((result) => result.notRun).forEach((each) => { addNotRun(notRun, each); });
    const total = (count: (result: Result) => number): number => results.reduce((before, result) => before + count(result), 0);
    return { passed: total(({ passed }) => passed), failed: results.flatMap(({ failed }) => failed), skipped: total(({ skipped }) => skipped), notRun };
}

/** The lines that a run of tests closes with; the last one says `N passed, N failed`, so that the count is visible to whoever reads only the end. */
export function closingLines({ passed, failed, skipped, notRun }: Result): string[] {
    return [
        ...notRun.map(({ what, missing, remedy }) => `not run: ${what}; missing: ${missing}; to get it: ${remedy}`),
        `${String(passed)} passed, ${String(failed.length)} failed${skipped > 0 ? `, ${String(skipped)} skipped` : ""}`,
    ];
}
