import type { Value } from "../model/resource";
import type { Marks } from "./marks";
import { Refusal } from "./refusal";

/** The maps that a merge key brings. @throws Refusal for anything else */
export function mapsIn(value: Value, offset: number): Value[] {
    const maps: Value[] = Array.isArray(value) ? value : [value];
    if (maps.some((map) => typeof map !== "object" || map === null || Array.isArray(map))) {
        throw new Refusal(offset, "a merge of something that is no map");
    }
    return maps;
}

/**
 * A map of its own members and merged ones: own keys go before merged ones, and earlier merged maps before later ones.
 * @param offsets where its own members begin; those of the merged ones are added
 * @param all where the members of every value begin; the map's are added
 */
export function merge(merged: readonly Value[], own: readonly [string, Value][], offsets: Map<string, number>, all: Marks): Value {
    const value = Object.fromEntries(merged.length === 0 ? own : [...merged.toReversed().flatMap((map) => Object.entries(map as object) as [string, Value][]), ...own]);
    for (const map of merged) {
        const starts = all.get(map as object);
        Object.keys(map as object).forEach((key, index) => { offsets.set(key, offsets.get(key) ?? starts?.[index] ?? 0); });
    }
    all.set(value, Object.keys(value).map((key) => offsets.get(key) ?? 0));
    return value;
}
