import type { Attack, Language } from "./attack";

/** These need the machine, or the container, for themselves. */
export const ALONE: readonly string[] = ["time-limit", "memory", "cpu", "pids"];
/** How many attacks go into one request. Lua runs them one after another, and starts in no time. */
const TOGETHER: Readonly<Record<Language, number>> = { python: 5, javascript: 2, lua: 1 };

/** Attacks in one language each, to be sent in one request. */
export function batches(measure: string, attacks: readonly Attack[]): Attack[][] {
    const made: Attack[][] = [];
    for (const attack of attacks) {
        const last = made.at(-1);
        const isFull = last === undefined || ALONE.includes(measure) || last[0]?.language !== attack.language || last.length === TOGETHER[attack.language];
        if (isFull) {
            made.push([attack]);
        } else {
            last.push(attack);
        }
    }
    return made;
}
