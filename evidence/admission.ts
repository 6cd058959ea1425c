import { readFileSync } from "node:fs";
import path from "node:path";
import { rules } from "../policy/rules/index";
import { MEASURES, type Measure } from "../policy/model/violation";

/** What refused a request first. Undefined where it passes. */
export type Guard = string | undefined;

/** What one relaxation of test/relaxations came to, sent as a request past Pulumi. */
export interface Tried {
    readonly id: string;
    readonly rule: string;
    /** As an administrator who is no deployer. */
    readonly administrator: Guard;
    /** As a deployer: by hand, and not for a preview. */
    readonly deployer: Guard;
}

/** What caught the relaxations of the corpus that are one request: for each guard how many, and which nothing caught. */
export interface Caught {
    readonly requests: number;
    readonly administrator: Side;
    readonly deployer: Side;
}

export interface Side {
    /** By measure, then by guard. */
    readonly measures: Readonly<Partial<Record<Measure, Readonly<Record<string, number>>>>>;
    /** Ids of what passes. */
    readonly passing: readonly string[];
}

export const NOTHING = "nothing";
/** Written by test/cluster/admission.test.ts with WRITE_ADMISSION=1, whose runs keep it true. */
export const CAUGHT = path.join(__dirname, "admission.json");

function sideOf(tried: readonly Tried[], who: "administrator" | "deployer"): Side {
    const measures: Partial<Record<Measure, Record<string, number>>> = {};
    for (const measure of MEASURES) {
        const ofMeasure = tried.filter(({ rule }) => rules.find(({ name }) => name === rule)?.measures.includes(measure));
        const guards = ofMeasure.map((each) => each[who] ?? NOTHING).sort();
        const counts = Object.fromEntries([...new Set(guards)].map((guard) => [guard, guards.filter((other) => other === guard).length]));
        if (ofMeasure.length > 0) {
            measures[measure] = counts;
        }
    }
    return { measures, passing: tried.filter((each) => each[who] === undefined).map(({ id }) => id).sort() };
}

export function summaryOf(tried: readonly Tried[]): Caught {
    return { requests: tried.length, administrator: sideOf(tried, "administrator"), deployer: sideOf(tried, "deployer") };
}

export function caughtNow(): Caught {
    return JSON.parse(readFileSync(CAUGHT, "utf8")) as Caught;
}

/** Of the relaxations that a measure's rules catch, how many are refused, and how many there are. */
export function refusedIn({ measures }: Side, measure: Measure): readonly [refused: number, all: number] {
    const counts = measures[measure] ?? {};
    const all = Object.values(counts).reduce((sum, count) => sum + count, 0);
    return [all - (counts[NOTHING] ?? 0), all];
}
