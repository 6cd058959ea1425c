import { LANGUAGES, type Attack, type Language } from "./attack";

/** These need the machine, or the container, for themselves. */
export const ALONE: readonly string[] = ["time-limit", "memory", "cpu", "pids"];
/** How many attacks go into one request. Lua runs them one after another, and starts in no time. */
const TOGETHER: Readonly<Record<Language, number>> = { python: 8, javascript: 3, lua: 1 };

export type Batch = readonly [Attack, ...Attack[]];

/** Batches of attacks, each to be sent in one request, for each language that has any. */
export function batches(measure: string, attacks: readonly Attack[]): Batch[][] {
    return LANGUAGES.map((language) => batched(attacks.filter((attack) => attack.language === language), ALONE.includes(measure) ? 1 : TOGETHER[language])).filter(({ length }) => length > 0);
}

/** @param size how many go into one request */
export function batched([first, ...rest]: readonly Attack[], size: number): Batch[] {
    return first === undefined ? [] : [[first, ...rest.slice(0, size - 1)], ...batched(rest.slice(size - 1), size)];
}
