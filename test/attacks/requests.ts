import { LANGUAGES, type Attack, type Language } from "./attack";

/** Attacks on these need the container, or the machine, for themselves. */
export const ALONE: readonly string[] = ["memory", "cpu", "pids"];
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

/** Attacks that may be sent along with each other: those on one measure, or on all that have no group of their own. */
export function groups(all: Attacks): Attacks[] {
    const apart = APART.map((measure): Attacks => new Map([[measure, all.get(measure) ?? []]]));
    return [...apart, new Map([...all].filter(([measure]) => !APART.includes(measure)))];
}

/** Measures that are said to stop an attack alone, and have a place to show it. */
export const shownAlone = ({ language, stoppedBy }: Attack): readonly string[] => language === "python" ? stoppedBy : [];

/** Where an attack is tried: sandboxed, where nothing stops it, and where one measure alone is said to. */
const placesOf = (attack: Attack): readonly string[] => ["sandbox", "control", ...shownAlone(attack)];

/** @param size how many go into one request */
function batched([first, ...rest]: readonly Attack[], size: number): Batch[] {
    return first === undefined ? [] : [[first, ...rest.slice(0, size - 1)], ...batched(rest.slice(size - 1), size)];
}

function batchesAt(where: string, language: Language, attacks: readonly Attack[]): Batch[] {
    const alone = attacks.filter(({ stoppedBy: [measure = ""] }) => ALONE.includes(measure));
    const size = where === "sandbox" ? WITHIN_THE_LIMIT[language] : WITHOUT_LIMIT;
    return [...batched(attacks.filter((attack) => !alone.includes(attack)), size), ...batched(alone, 1)];
}

/** Where attacks are tried, and in which requests. @param placesFor gives an attack's places; by default all that show what stops it */
export function trialsOf(attacks: readonly Attack[], placesFor = placesOf): Trial[] {
    return LANGUAGES.flatMap((language) => {
        const its = attacks.filter((attack) => attack.language === language);
        const wheres = [...new Set(its.flatMap(placesFor))];
        return wheres.map((where) => ({ where, language, batches: batchesAt(where, language, its.filter((attack) => placesFor(attack).includes(where))) }));
    });
}
