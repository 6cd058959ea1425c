import { dump, JSON_SCHEMA, loadAll, YAMLException } from "js-yaml";
import { isObject } from "../../model/read";
import type { Resource, Value } from "../../model/resource";
import { Unusable } from "../../model/unusable";
import { asApproved } from "./as-approved";
import { identityOf, nameOf, placeInPulumi } from "./identity";

/** What only Pulumi knows of an object, beside its manifest. */
interface OfPulumi {
    /** Its type behind those of the components that it is part of, as in its URN. */
    readonly type: string;
    readonly name: string;
    /** Those that it has. */
    readonly options?: Partial<Resource["options"]>;
}

const KEY = "pulumi";
/** In this order; all others follow, sorted. */
const FIRST = ["apiVersion", "kind", "metadata"];
/** Options of a resource that has none. */
export const NONE: Resource["options"] = { protect: false, ignoreChanges: [], deleteBeforeReplace: false };

/** Raised where a file can't be what is approved: it has to be just what {@link print} prints of the objects in it. */
export class ApprovedError extends Unusable {}

/**
 * The text of a file that approves these objects: one document an object, sorted by kind, namespace and name, names without their hashes.
 * Whatever isn't deployed (components, the stack itself) is left out.
 */
export function print(resources: readonly Resource[]): string {
    const objects = resources.filter(isApprovable).map((resource) => ({ name: `${nameOf(resource)} ${resource.type}`, resource: asApproved(resource) }));
    const sorted = objects.sort((one, other) => (one.name < other.name ? -1 : 1));
    return sorted.map(({ resource }) => `---\n${dump(documentOf(resource), { lineWidth: -1 })}`).join("");
}

/** Whether a resource can stand in a file of what is approved. */
export function isApprovable({ type }: Resource): boolean {
    return type.startsWith("kubernetes:") || type.startsWith("pulumi:providers:");
}

function documentOf({ props, options, urn, name }: Resource): Value {
    const type = placeInPulumi({ urn } as Resource).split("::")[0] ?? "";
    const own = setOptions(options);
    return {
        ...Object.fromEntries([...FIRST, ...Object.keys(props).sort()].map((key) => [key, inOrder(props[key])])),
        [KEY]: { type, name, ...(Object.keys(own).length === 0 ? {} : { options: own }) },
    };
}

/** A copy with its keys sorted, all the way down; what is null is left out, as what is undefined is in YAML. */
function inOrder(value: Value): Value {
    if (Array.isArray(value)) {
        return value.map(inOrder);
    }
    if (!isObject(value)) {
        return value;
    }
    return Object.fromEntries(Object.keys(value).sort().filter((key) => value[key] !== null).map((key) => [key, inOrder(value[key])]));
}

function setOptions(options: Resource["options"]): { [key: string]: Value } {
    const set = Object.entries(options).filter(([, value]) => value === true || (typeof value === "object" && Object.keys(value).length > 0));
    return inOrder(Object.fromEntries(set) as { [key: string]: Value }) as { [key: string]: Value };
}

/**
 * The objects that a file approves.
 * @throws ApprovedError naming file, line and reason, for a text that isn't just what {@link print} makes of it, or has an object twice
 */
export function parse(file: string, text: string): Resource[] {
    const documents = documentsIn(file, text);
    const resources = documents.map((document, index) => toResource(document, `${file}: document ${String(index + 1)}`));
    const identities = resources.map((resource) => identityOf(resource));
    const twice = resources.find((_, index) => identities.indexOf(identities[index]) < index);
    if (twice !== undefined) {
        throw new ApprovedError(`${file}: ${nameOf(twice)} stands there twice; it may stand there once.`);
    }
    const [printed, given] = [print(resources).split("\n"), text.split("\n")];
    const line = given.findIndex((each, index) => each !== printed[index]);
    if (line !== -1 || printed.length !== given.length) {
        const at = line === -1 ? given.length : line;
        throw new ApprovedError(`${file}:${String(at + 1)}: the file isn't in the form that npm run posture -- approve writes, so that it might be read in two ways; here it would say ${JSON.stringify(printed[at] ?? "nothing more")}.`);
    }
    return resources;
}

/** The line, counted from 1, on which the object of an index begins. */
export function lineOf(text: string, index: number): number {
    const starts = text.split("\n").flatMap((line, number) => (line === "---" ? [number + 1] : []));
    return starts[index] ?? 1;
}

function documentsIn(file: string, text: string): unknown[] {
    try {
        return loadAll(text, { schema: JSON_SCHEMA, filename: file });
    } catch (error) {
        if (error instanceof YAMLException) {
            throw new ApprovedError(`${file}:${String((error.mark?.line ?? 0) + 1)}: ${error.reason}`);
        }
        throw error;
    }
}

function toResource(document: unknown, where: string): Resource {
    if (!isObject(document as Value)) {
        throw new ApprovedError(`${where} is no object of Kubernetes.`);
    }
    const { [KEY]: ofPulumi, ...props } = document as { readonly [key: string]: Value };
    if (!isOfPulumi(ofPulumi)) {
        throw new ApprovedError(`${where} has to say under "${KEY}" its type and name in Pulumi.`);
    }
    const { type, name, options } = ofPulumi;
    const resource: Resource = {
        urn: `urn:pulumi:approved::approved::${type}::${name}`,
        type: type.split("$").at(-1) ?? "",
        name,
        props,
        options: { ...NONE, ...options },
        dependencies: [],
    };
    if (!isApprovable(resource) || identityOf(resource) === undefined) {
        throw new ApprovedError(`${where} has to be a Kubernetes object with a name, or a provider.`);
    }
    return resource;
}

function isOfPulumi(value: Value | undefined): value is Value & OfPulumi & object {
    return isObject(value) && typeof value["type"] === "string" && typeof value["name"] === "string" && (value["options"] === undefined || isObject(value["options"]));
}
