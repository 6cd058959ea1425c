/** Keys of a property path such as `spec.containers[0].image` or `metadata.annotations["a.b/c"]`; an index is a key too. */
export function parsePath(path: string): string[] {
    return [...path.matchAll(/\["((?:[^"\\]|\\.)*)"\]|\[(\d+|\*)\]|([^.[\]]+)/g)].map(([, quoted, index, plain]) => quoted?.replaceAll("\\\"", "\"") ?? index ?? plain ?? "");
}

/** Whether the path `inner` is `outer` or below it; `*` in `outer` stands for any key. */
export function isWithin(inner: readonly string[], outer: readonly string[]): boolean {
    return outer.length <= inner.length && outer.every((key, index) => key === "*" || key === inner[index]);
}
