import { LANGUAGES, type Attack, type Language } from "./attack";

/** What takes containers down, which are started again: it comes last. */
const LAST = "memory";
/** Attacks on these need the container, or the machine, for themselves; in this order. */
const ALONE: readonly string[] = ["cpu", "pids", LAST];
/** Attacks on these are not sent along with those on others, which they would hold up. */
const APART: readonly string[] = ["time-limit", ...ALONE];

/** How many attacks go into one request where it has the evaluator's time limit. Lua runs them one after another, and starts in no time. */
const WITHIN_THE_LIMIT: Readonly<Record<Language, number>> = { python: 8, javascript: 8, lua: 1 };
/** Where it has not: the fewer requests the better, as each starts an interpreter, which takes an emulated processor far longer than an attack does. */
const WITHOUT_LIMIT = 30;

type Batch = readonly [Attack, ...Attack[]];

/** What is sent to one place, one request after another. */
export interface Trial {
    /** `sandbox`, or as of `placeOf`. */
    readonly where: string;
    readonly language: Language;
    readonly batches: readonly Batch[];
}

/** Attacks by the measure that they are about. */
export type Attacks = ReadonlyMap<string, readonly Attack[]>;

/** What an attack is about. */
const measureOf = ({ stoppedBy: [measure = ""] }: Attack): string => measure;

export const needsItAlone = (attack: Attack): boolean => ALONE.includes(measureOf(attack));

/** Attacks that may be sent along with each other: those on one measure, or on all that have no group of their own. */
export function groups(all: Attacks): Attacks[] {
    const others = [...all.keys()].filter((measure) => !APART.includes(measure));
    const measures = [...APART.filter((measure) => measure !== LAST).map((measure) => [measure]), others, [LAST]];
    return measures.map((together) => new Map(together.map((measure) => [measure, all.get(measure) ?? []])));
}

/** Measures that are said to stop an attack alone, and have a place to show it. */
export const shownAlone = ({ language, stoppedBy }: Attack): readonly string[] => language === "python" ? stoppedBy : [];

/** Where an attack is tried: where nothing stops it, where one measure alone is said to, and sandboxed. */
const placesOf = (attack: Attack): readonly string[] => ["control", ...shownAlone(attack), "sandbox"];

/** @param size how many go into one request */
function batched([first, ...rest]: readonly Attack[], size: number): Batch[] {
    return first === undefined ? [] : [[first, ...rest.slice(0, size - 1)], ...batched(rest.slice(size - 1), size)];
}

function batchesAt(where: string, language: Language, attacks: readonly Attack[]): Batch[] {
    const size = where === "sandbox" ? WITHIN_THE_LIMIT[language] : WITHOUT_LIMIT;
    return [
        ...batched(attacks.filter((attack) => !needsItAlone(attack)), size),
        ...ALONE.flatMap((measure) => batched(attacks.filter((attack) => measureOf(attack) === measure), 1)),
    ];
}

/** Where attacks are tried, and in which requests. @param placesFor gives an attack's places; by default all that show what stops it */
export function trialsOf(attacks: readonly Attack[], placesFor = placesOf): Trial[] {
    const wheres = [...new Set(attacks.flatMap(placesFor))];
    return wheres.flatMap((where) => LANGUAGES.map((language) => {
        const its = attacks.filter((attack) => attack.language === language && placesFor(attack).includes(where));
        return { where, language, batches: batchesAt(where, language, its) };
    })).filter(({ batches }) => batches.length > 0);
}
