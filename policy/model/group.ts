/** Items by their keys, of which each may have several. Linear; Map.groupBy, which knows one key an item, is newer than the oldest Node.js here. */
export function groupBy<Item>(items: readonly Item[], keysOf: (item: Item) => readonly string[]): ReadonlyMap<string, readonly Item[]> {
    const groups = new Map<string, Item[]>();
    for (const item of items) {
        for (const key of keysOf(item)) {
            const group = groups.get(key);
            if (group === undefined) {
                groups.set(key, [item]);
            } else {
                group.push(item);
            }
        }
    }
    return groups;
}
