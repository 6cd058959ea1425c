import type { Value } from "./resource";

/** The parts of an image reference: `repository[:tag][@digest]`. */
export interface Image {
    readonly repository: string;
    readonly tag: string | undefined;
    readonly digest: string | undefined;
}

const REFERENCE = /^(?<repository>[a-z0-9][a-z0-9.-]*(?::\d+)?(?:\/[a-z0-9]+(?:[._-]+[a-z0-9]+)*)+)(?::(?<tag>[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}))?(?:@(?<digest>sha256:[0-9a-f]{64}))?$/;

/** Reads a full image reference; `undefined` for anything else, short names that depend on the node's settings included. */
export function parseImage(value: Value): Image | undefined {
    const parts = typeof value === "string" ? REFERENCE.exec(value)?.groups : undefined;
    return parts?.["repository"] === undefined ? undefined : { repository: parts["repository"], tag: parts["tag"], digest: parts["digest"] };
}
