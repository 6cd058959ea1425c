import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import type { RawConfig } from "../../../infra/config/read";
import { validate } from "../../../infra/config/validate";
import type { Config } from "../../../infra/config/schema";

const ROOT = join(__dirname, "../../..");
const NAMESPACE = "wikifunctions:";

export const STACKS = ["local", "staging", "production"] as const;
export type StackName = (typeof STACKS)[number];

export interface Declaration {
    readonly type: string;
    readonly description: string;
    readonly default?: unknown;
}
/** Values under `wikifunctions:` by short key. */
export type Values = Readonly<Record<string, unknown>>;

function read(file: string): { config: Record<string, unknown> } {
    return parse(readFileSync(join(ROOT, file), "utf8")) as { config: Record<string, unknown> };
}

/** The keys that Pulumi.yaml declares. */
export function declarations(): Record<string, Declaration> {
    return read("Pulumi.yaml").config as Record<string, Declaration>;
}

/** What the program sees of a stack: its file, and the project's defaults for what the file leaves out. */
export function valuesOf(stack: StackName): Values {
    const defaults = Object.entries(declarations()).flatMap(([key, declaration]) => ("default" in declaration ? [[key, declaration.default]] : []));
    const own = Object.entries(read(`Pulumi.${stack}.yaml`).config).map(([key, value]) => [key.slice(NAMESPACE.length), value]);
    return Object.fromEntries([...defaults, ...own]) as Values;
}

/** A copy with the value at a dotted path replaced, or removed when it is undefined. */
export function changed(values: Values, path: string, value: unknown): Values {
    const copy = structuredClone(values) as Record<string, unknown>;
    const steps = path.split(".");
    const last = steps.pop() ?? "";
    let holder: Record<string, unknown> = copy;
    for (const step of steps) {
        holder = holder[step] as Record<string, unknown>;
    }
    if (value === undefined) {
        Reflect.deleteProperty(holder, last);
    } else {
        holder[last] = value;
    }
    return copy;
}

/** As Pulumi hands it over: full keys, and JSON for all but strings. */
export function entriesOf(values: Values): Record<string, string> {
    return Object.fromEntries(Object.entries(values).map(([key, value]) => [`${NAMESPACE}${key}`, typeof value === "string" ? value : JSON.stringify(value)]));
}

export function raw(values: Values): RawConfig {
    return { entries: entriesOf(values), secretKeys: [] };
}

/** A valid configuration, or an error that says why it is none. */
export function configOf(values: Values): Config {
    const result = validate(raw(values));
    if ("problems" in result) {
        throw new Error(JSON.stringify(result.problems, undefined, 2));
    }
    return result.config;
}
