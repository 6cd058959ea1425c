import type { z } from "zod";
import { crossChecks } from "./checks";
import { isValue, type Problem } from "./problem";
import { readEntries, type RawConfig } from "./read";
import { schema, type Config } from "./schema";
import { suggestion } from "./suggestion";

function valueAt(values: unknown, path: readonly PropertyKey[]): unknown {
    return path.reduce<unknown>((value, step) => (value !== null && typeof value === "object" ? (value as Record<PropertyKey, unknown>)[step] : undefined), values);
}

function keyOf(path: readonly PropertyKey[]): string {
    return path.map((step, index) => (typeof step === "number" ? `[${step}]` : `${index === 0 ? "" : "."}${String(step)}`)).join("");
}

function toProblems(issue: z.core.$ZodIssue, values: unknown): Problem[] {
    if (issue.code === "unrecognized_keys") {
        return issue.keys.map((key) => ({
            key: keyOf([...issue.path, key]),
            is: `is not a known key${suggestion(key, issue.message.split(", "))}`,
            allowed: issue.message,
        }));
    }
    const allowed = issue.code === "invalid_key" ? issue.issues.map(({ message }) => message).join("; ") : issue.message;
    return [{ key: keyOf(issue.path), is: issue.code === "invalid_key" ? "has a key of the wrong form" : isValue(valueAt(values, issue.path)), allowed }];
}

function freeze<T>(value: T): T {
    if (value !== null && typeof value === "object") {
        Object.values(value).forEach(freeze);
        Object.freeze(value);
    }
    return value;
}

/** The typed, frozen configuration, or everything that is wrong with it. Pure. */
export function validate(raw: RawConfig): { readonly config: Config } | { readonly problems: readonly Problem[] } {
    const { values, problems: wrongKeys } = readEntries(raw);
    const parsed = schema.safeParse(values);
    // A key that is wrong already is not missing as well.
    const refused = new Set<PropertyKey>(wrongKeys.map(({ key }) => key));
    const issues = parsed.error?.issues.filter(({ path: [key] }) => key === undefined || !refused.has(key)) ?? [];
    const problems = [...wrongKeys, ...issues.flatMap((issue) => toProblems(issue, values))];
    if (parsed.data === undefined || problems.length > 0) {
        return { problems };
    }
    const contradictions = crossChecks(parsed.data);
    return contradictions.length > 0 ? { problems: contradictions } : { config: freeze(parsed.data) };
}
