import { isDeepStrictEqual } from "node:util";
import { describe, describeName } from "../../model/message";
import { join, isObject, isUnset, type Key } from "../../model/read";
import type { Resource, Value } from "../../model/resource";
import { kindOfType } from "../../model/pod";
import type { Posture } from "../posture";
import { asContainersHaveIt } from "./inherited";
import { hasNames, nameIn } from "./named";
import { Trail } from "./pattern";
import type { Verdict } from "./verdict";

/** One place in which an object isn't as approved. */
export interface Difference {
    readonly path: string;
    /** The same, key by key; none for what is no field. */
    readonly keys: readonly Key[];
    readonly approved: Value;
    readonly now: Value;
    /** What stands there now, in words that give no secret away. */
    readonly is: string;
    readonly verdict: Exclude<Verdict, "same">;
    /** Whether the table of orders knows the place, so that another value may be approved for a time. */
    readonly isOrdered: boolean;
    /** What may stand there, in words. */
    readonly must: string;
}

/** The same question is asked by a rule, by the ratchet, and where what is waived is looked for. */
const answers = new WeakMap<Resource, { readonly posture: Posture; readonly approved: Resource | undefined; readonly found: Difference[] }>();

/** Everything in which an object differs from the approved one of its kind, namespace and name; an added object is held against nothing. */
export function differencesOf(approved: Resource | undefined, now: Resource, posture: Posture): Difference[] {
    const known = answers.get(now);
    if (known !== undefined && known.posture === posture && known.approved === approved) {
        return known.found;
    }
    const walk = new Walk(now, posture);
    walk.compare(approved === undefined ? {} : asContainersHaveIt(approved), asContainersHaveIt(now), Trail.of(kindOfType(now.type)), [], "");
    answers.set(now, { posture, approved, found: walk.found });
    return walk.found;
}

/** Whatever stands below these may be a secret, whatever it looks like. */
const SECRETIVE: readonly Key[] = ["env", "command", "args", "annotations", "data", "binaryData", "stringData", "kubeconfig"];

/** A value in words. @param keys lead to it; none where it comes from the file of what is approved, which is nobody's secret */
export function shown(value: Value, keys: readonly Key[] = []): string {
    return keys.some((key) => SECRETIVE.includes(key)) ? describe(value) : describeName(value);
}

/** Maps of texts or amounts: there, and in lists, a null isn't left out but read as an empty text, an amount of 0 or an empty entry. */
const TEXTS = ["annotations", "labels", "matchLabels", "nodeSelector", "data", "binaryData", "hard", "max", "min", "default", "defaultRequest", "maxLimitRequestRatio", "limits", "requests"];

class Walk {
    readonly found: Difference[] = [];

    constructor(private readonly resource: Resource, private readonly posture: Posture) {}

    compare(approved: Value, now: Value, trail: Trail, keys: readonly Key[], key: string): void {
        if ((isUnset(approved) && isUnset(now)) || approved === now) {
            return;
        }
        const context = { key, resource: this.resource, posture: this.posture };
        const { entries } = trail;
        const [before, after]: readonly [Value, Value] = [approved ?? undefined, now ?? undefined];
        for (const { order } of entries) {
            const verdict = order.decide(before, after, context);
            if (verdict !== undefined) {
                this.#add({ keys, approved, now, verdict, isOrdered: true }, order.must?.(before, context));
                return;
            }
        }
        const both: readonly Value[] = [approved, now];
        const isDeeper = both.every((value) => isUnset(value) || isObject(value)) || both.every((value) => isUnset(value) || Array.isArray(value));
        const isWhole = isUnset(approved) || isUnset(now) ? trail.goesOn : true;
        if (!isDeeper || !isWhole) {
            this.#add({ keys, approved, now, verdict: "looser", isOrdered: entries.length > 0 }, entries[0]?.order.must?.(before, context));
            return;
        }
        this.#members(before, after, trail, keys, key);
        // An empty list or map isn't the same as none.
        if (isUnset(approved) !== isUnset(now) && Object.keys((approved ?? now) as object).length === 0) {
            this.#add({ keys, approved, now, verdict: "looser", isOrdered: false });
        }
    }

    #members(approved: Value, now: Value, trail: Trail, keys: readonly Key[], key: string): void {
        const isList = Array.isArray(approved) || Array.isArray(now);
        const [before, after] = isList ? [entriesOf(approved, key), entriesOf(now, key)] : [membersOf(approved), membersOf(now)];
        // What can't be told apart by name has to be the same as a whole.
        if (before === undefined || after === undefined || (key === "env" && isReordered(before, after))) {
            if (!isDeepStrictEqual(approved, now)) {
                this.#add({ keys, approved, now, verdict: "looser", isOrdered: false });
            }
            return;
        }
        const isStrict = isList || TEXTS.includes(key);
        for (const [each, { key: at }] of new Map([...before, ...after])) {
            const [one, other] = [before.get(each), after.get(each)];
            if (isStrict && other?.value === null) {
                this.#add({ keys: [...keys, at], approved: one?.value, now: null, verdict: "looser", isOrdered: false });
                continue;
            }
            this.compare(one?.value, other?.value, trail.to(each), [...keys, at], each);
        }
    }

    #add({ verdict, ...difference }: Omit<Difference, "verdict" | "must" | "path" | "is"> & { readonly verdict: Verdict }, must?: string): void {
        if (verdict !== "same") {
            const { keys, now } = difference;
            this.found.push({ ...difference, path: keys.reduce<string>(join, ""), is: shown(now, keys), verdict, must: must ?? (isUnset(difference.approved) ? "left out" : shown(difference.approved)) });
        }
    }
}

interface Member {
    readonly key: Key;
    readonly value: Value;
}
type Members = ReadonlyMap<string, Member>;

function membersOf(value: Value): Members {
    return new Map(isObject(value) ? Object.entries(value).map(([key, inner]) => [key, { key, value: inner }]) : []);
}

/** Entries of a list by name, or by number where they have none; undefined where one has no name, or two the same. */
function entriesOf(value: Value, under: string): Members | undefined {
    const list = Array.isArray(value) ? value : [];
    const keys = list.map((entry, index) => (hasNames(under) ? nameIn(entry, under) : String(index)));
    const isReadable = keys.every((key) => key !== undefined) && new Set(keys).size === keys.length;
    return isReadable ? new Map(list.map((entry, index) => [String(keys[index]), { key: index, value: entry }])) : undefined;
}

/** A variable may refer to those before it. */
function isReordered(before: Members, after: Members): boolean {
    const common = [...before.keys()].filter((key) => after.has(key));
    return [...after.keys()].filter((key) => before.has(key)).join("\n") !== common.join("\n");
}
