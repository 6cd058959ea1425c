import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { parse } from "yaml";

/** In the order they are tried: after each request JavaScript's evaluator starts an interpreter for the next, which takes the node seconds. */
export const LANGUAGES = ["python", "lua", "javascript"] as const;
export type Language = (typeof LANGUAGES)[number];

/** Code that tries one thing, and says so only where it got it. */
export interface Attack {
    readonly id: string;
    /** What it tries, in plain words after "tries". */
    readonly tries: string;
    readonly language: Language;
    /** Measures each of which stops it alone. The first is the one that it is about. */
    readonly stoppedBy: readonly string[];
    /** Why it is reached in the sandboxed pod on gVisor, and that what it reaches is gVisor's own; not said where it is stopped there too. */
    readonly onGvisor?: string;
    readonly code: string;
}

const read = (file: string): string => readFileSync(path.join(__dirname, file), "utf8");
const EXTENSIONS: Readonly<Record<Language, string>> = { python: "py", javascript: "cjs", lua: "lua" };

/** Fields of the sandboxed container by the measure that they make up, as paths separated by dots. */
export const MEASURES = parse(read("measures.yaml")) as Readonly<Record<string, readonly string[]>>;

/** All attacks by the measure that they are about: a file each in data/. */
export const ATTACKS: ReadonlyMap<string, readonly Attack[]> = new Map(Object.keys(MEASURES)
    .filter((measure) => readdirSync(path.join(__dirname, "data")).includes(`${measure}.yaml`))
    .map((measure) => [measure, parse(read(`data/${measure}.yaml`)) as Attack[]]));

/** What the evaluator is asked to run: attacks in one language. @param targets addresses and ports that attacks on the network need */
export function requestFor(language: Language, attacks: readonly Attack[], targets: Readonly<Record<string, string | number>>): unknown {
    return { code: read(`harness/${language}.${EXTENSIONS[language]}`), arguments: { attacks: Object.fromEntries(attacks.map(({ id, code }) => [id, code])), targets } };
}
