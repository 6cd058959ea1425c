/** One thing that is wrong with the configuration. */
export interface Problem {
    /** Path below the `wikifunctions:` namespace, e.g. `orchestrator.image.tag`. */
    readonly key: string;
    /** What is wrong with it, as a predicate: `is 0`, `is missing`, `is not a known key`. */
    readonly is: string;
    /** What would be right, as words. */
    readonly allowed: string;
}

const LONGEST_VALUE = 80;

/** What stands before the `@` of an address: most likely a password, whoever put it there. */
const CREDENTIALS = /\/\/[^/@]*@/g;

/** `is "the value"`, cut short where it would flood the terminal. */
export function isValue(value: unknown): string {
    if (value === undefined) {
        return "is missing";
    }
    const text = JSON.stringify(value).replaceAll(CREDENTIALS, "//…@");
    return `is ${text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE)}…` : text}`;
}

/** The whole report: a heading, then a line for each problem. */
export function report(stack: string, problems: readonly Problem[]): string {
    const count = problems.length === 1 ? "1 problem" : `${problems.length} problems`;
    const lines = problems.map(({ key, is, allowed }) => `wikifunctions:${key} ${is}; allowed: ${allowed}`);
    return [`Pulumi.${stack}.yaml has ${count}, so nothing was contacted:`, ...lines].join("\n");
}
