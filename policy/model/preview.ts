import { Unusable } from "./unusable";
import { fieldOf, isObject, isUnset } from "./read";
import { MALFORMED, UNKNOWN, type Resource, type Value } from "./resource";

/** How the JSON of a preview writes a value that isn't known yet. Source: sdk/go/common/resource/plugin, RPC constants. */
const UNKNOWNS: ReadonlySet<unknown> = new Set([
    "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7", // boolean
    "3eeb2bf0-c639-47a8-9e75-3b44932eb421", // number
    "04da6b54-80e4-46f7-96ec-b56ff0331ba9", // text
    "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2", // list
    "030794c1-ac77-496b-92df-f27374a8bd58", // asset
    "e48ece36-62e2-4504-bad9-02848725956a", // archive
    "dd056dcd-154b-4c76-9bd3-c8f88648b5ff", // object
]);
/** The key by which a state marks a secret, and values of other special types. */
export const SIGNATURE = "4dabf18193072939515e22adb298388d";
const GONE = new Set(["delete", "delete-replaced", "discard", "discard-replaced", "remove-pending-replace"]);

/** Raised where a text isn't the JSON of a whole preview. */
export class PreviewError extends Unusable {}

/**
 * The resources that a stack will have, from what `pulumi preview --json --show-sames` prints. Properties are the program's inputs.
 * @throws PreviewError where the text is something else, a preview that failed, or one without the resources that stay the same
 */
export function resourcesIn(json: string): Resource[] {
    const preview = parsed(json);
    const steps = list(preview["steps"]);
    const states = new Map<string, { readonly [key: string]: Value }>();
    for (const step of steps.filter(isObject)) {
        const state = step["newState"];
        // What the program only reads isn't its own, and no policy is shown it either.
        if (isObject(state) && typeof step["urn"] === "string" && !GONE.has(String(step["op"])) && state["external"] !== true) {
            states.set(step["urn"], state);
        }
    }
    const same = isObject(preview["changeSummary"]) ? Number(preview["changeSummary"]["same"] ?? 0) : 0;
    if (states.size === 0 || steps.filter((step) => isObject(step) && step["op"] === "same").length < same) {
        throw new PreviewError("The preview doesn't show all resources: make it with pulumi preview --json --show-sames.");
    }
    return [...states].map(([urn, state]) => resource(urn, state, states));
}

/** `clusterId` of the stack's config, as the preview had it; undefined where it isn't told. @throws PreviewError as {@link resourcesIn} does */
export function clusterIdIn(json: string): string | undefined {
    const id = fieldOf(parsed(json), "config", "wikifunctions:clusterId").value;
    return typeof id === "string" ? id : undefined;
}

function parsed(json: string): { readonly [key: string]: Value } {
    try {
        const preview = JSON.parse(json) as Value;
        if (isObject(preview) && Array.isArray(preview["steps"])) {
            return preview;
        }
    } catch {
        // Said below, in words for both.
    }
    throw new PreviewError("This is not the JSON of a preview that succeeded: pulumi preview --json --show-sames prints it.");
}

function resource(urn: string, state: { readonly [key: string]: Value }, states: ReadonlyMap<string, { readonly [key: string]: Value }>): Resource {
    const providerUrn = /^(.*)::[^:]*$/.exec(text(state["provider"]))?.[1];
    const provider = providerUrn === undefined ? undefined : { urn: providerUrn, type: typeOf(providerUrn), name: nameOf(providerUrn), props: propsOf(states.get(providerUrn)) };
    return {
        urn,
        type: text(state["type"]),
        name: nameOf(urn),
        props: propsOf(state),
        options: {
            protect: state["protect"] === true,
            ignoreChanges: list(state["ignoreChanges"]).map(String),
            // Kept in no state: only a policy sees it.
            deleteBeforeReplace: false,
            aliases: list(state["aliases"]).map(String),
            customTimeouts: numbersIn(state["customTimeouts"]),
            additionalSecretOutputs: list(state["additionalSecretOutputs"]).map(String),
            retainOnDelete: state["retainOnDelete"] === true,
            deletedWith: text(state["deletedWith"]),
            replaceOnChanges: list(state["replaceOnChanges"]).map(String),
            ...othersIn(state),
        },
        ...(provider === undefined ? {} : { provider }),
        dependencies: list(state["dependencies"]).map(String),
    };
}

/** `__internal` is the engine's own note on a provider, which no policy is shown. */
function propsOf(state: { readonly [key: string]: Value } | undefined): Resource["props"] {
    const inputs = known(state?.["inputs"] ?? {});
    return isObject(inputs) ? Object.fromEntries(Object.entries(inputs).filter(([key]) => key !== "__internal")) : {};
}

/** Puts the model's marks where the JSON has Pulumi's; a secret or an asset can't be read. */
function known(value: Value): Value {
    if (UNKNOWNS.has(value) || value === "[unknown]") {
        return UNKNOWN;
    }
    if (Array.isArray(value)) {
        return value.map(known);
    }
    if (!isObject(value)) {
        return value;
    }
    return SIGNATURE in value ? MALFORMED : Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, known(inner)]));
}

/** What a state may say that changes nothing of what a policy is told, or that is read above. */
const KNOWN = [
    ...["urn", "custom", "delete", "id", "type", "inputs", "outputs", "parent", "protect", "dependencies", "provider", "propertyDependencies"],
    ...["additionalSecretOutputs", "aliases", "customTimeouts", "retainOnDelete", "deletedWith", "replaceOnChanges", "ignoreChanges"],
    ...["created", "modified", "sourcePosition", "stackTrace", "initErrors", "taint", "pendingReplacement"],
];

/** Options beyond those that are read one by one: of the resource, and of its plugin. */
function othersIn(state: { readonly [key: string]: Value }): Pick<Resource["options"], "others"> {
    const { value: plugin } = fieldOf(state, "inputs", "__internal");
    const isSet = (value: Value): boolean => !isUnset(value) && value !== false && value !== "" && !(typeof value === "object" && Object.keys(value).length === 0);
    const own = Object.entries(state).filter(([key, value]) => !KNOWN.includes(key) && isSet(value)).map(([key]) => key);
    const ofPlugin = isObject(plugin) ? Object.entries(plugin).filter(([, value]) => isSet(value)).map(([key]) => key) : [];
    return { others: [...own, ...ofPlugin] };
}

function numbersIn(value: Value): Record<string, number> {
    return isObject(value) ? Object.fromEntries(Object.entries(value).filter((entry): entry is [string, number] => typeof entry[1] === "number" && entry[1] !== 0)) : {};
}

function typeOf(urn: string): string {
    return urn.split("::")[2]?.split("$").at(-1) ?? "";
}

function nameOf(urn: string): string {
    return urn.split("::").slice(3).join("::");
}

function text(value: Value): string {
    return typeof value === "string" ? value : "";
}

function list(value: Value): readonly Value[] {
    return Array.isArray(value) ? value : [];
}
