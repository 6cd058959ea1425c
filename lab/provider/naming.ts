import { createHash, randomBytes } from "node:crypto";
import { ANNOTATION, isMarked, nameOf, nameOfUrn, withName, type KubernetesObject } from "./object";
import { at, isMap, isUnknown, withValue } from "./values";

const DIGITS = 8;

/** What the engine says about names of its own making: `enforce` and `propose` bring one along. */
export interface Autonaming {
    readonly proposedName: string;
    readonly isDisabled: boolean;
}

/** The same for the same seed, so that the preview's name is the update's. */
function uniqueName(prefix: string, seed: Uint8Array): string {
    const digits = seed.length === 0 ? randomBytes(DIGITS / 2).toString("hex") : createHash("sha256").update(seed).update(prefix).digest("hex").slice(0, DIGITS);
    return `${prefix}-${digits}`;
}

/** Name under which the API server remembers which fields are this resource's. */
export const newFieldManager = (): string => uniqueName("pulumi-kubernetes", new Uint8Array());

function withAutoname(object: KubernetesObject, name: string): KubernetesObject {
    const named = withName(object, name);
    return holdsUnknownAnnotations(named) ? named : withValue(named, ["metadata", "annotations", ANNOTATION.autonamed], "true");
}

const holdsUnknownAnnotations = (object: KubernetesObject): boolean => isUnknown(at(object, "metadata", "annotations"));

/** Whether the program gives the name, perhaps one that isn't known yet. */
export const isNamed = (object: KubernetesObject): boolean => isUnknown(at(object, "metadata", "name")) || nameOf(object) !== "";

/**
 * The object with the name it had of our making, or with a new one, unless the program gives one. One that the program gave before and
 * doesn't any more makes a replacement, which comes by here again without a former self.
 * @throws Error when there is no name and none may be made
 */
export function named(object: KubernetesObject, old: KubernetesObject, urn: string, seed: Uint8Array, autonaming: Autonaming | undefined): KubernetesObject {
    const { metadata } = object;
    if (isNamed(object) || (metadata !== undefined && !isMap(metadata))) {
        return object;
    }
    if (isMarked(old, ANNOTATION.autonamed)) {
        return withAutoname(object, nameOf(old));
    }
    if (Object.keys(old).length > 0) {
        return object;
    }
    if (autonaming?.isDisabled === true) {
        throw new Error("metadata.name is missing; it must be set, because pulumi:autonaming is disabled");
    }
    return withAutoname(object, autonaming?.proposedName || uniqueName(nameOfUrn(urn), seed));
}
