import { describe, describeName } from "../policy/model/message";
import type { Value } from "../policy/model/resource";

/** A value as it is written, where that can't give a secret away; in words where it might. */
export function shown(value: Value): string {
    return Array.isArray(value) && value.length > 0 ? value.map(shown).join(", ") : /^the text (".*")$/.exec(describe(value))?.[1]?.slice(1, -1) ?? describe(value);
}

/** The same for a field that holds a name. */
export function shownName(value: Value): string {
    return /^"(.*)"$/.exec(describeName(value))?.[1] ?? shown(value);
}

/** `3 violations`, `1 violation`. */
export function count(number: number, what: string): string {
    return `${number.toLocaleString("en")} ${what}${number === 1 ? "" : "s"}`;
}

/** How long a waiver still holds. */
export function daysInWords(days: number): string {
    return days < 0 ? `expired ${count(-days, "day")} ago` : days === 0 ? "its last day" : `${count(days, "day")} left`;
}
