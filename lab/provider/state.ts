import type { KubernetesObject } from "./object";
import { at, holdsSecret, isMap, isSecret, reveal, secret, textAt, withValue, type Value, type Values } from "./values";

// The official provider's names: a stack can go from one provider to the other.
const INPUTS = "__inputs";
const INITIAL_API_VERSION = "__initialApiVersion";
const FIELD_MANAGER = "__fieldManager";

/** Where `kubectl apply` keeps a copy of the whole object. */
const LAST_APPLIED = ["metadata", "annotations", "kubectl.kubernetes.io/last-applied-configuration"];

/** What a resource's state tells, beside the object itself. */
export interface State {
    readonly live: KubernetesObject;
    readonly inputs: KubernetesObject;
    readonly initialApiVersion: string;
    readonly fieldManager: string;
}

/**
 * Marks as secret in `outs` what is secret in `ins`: map by map, and the whole of a list that holds one. The data of a Secret is one anyway.
 * @param outs without marks
 */
export function copySecrecy(outs: Values, ins: Value | undefined): Values {
    if (outs["kind"] === "Secret") {
        const marked = Object.fromEntries(Object.entries(outs).map(([key, value]) => [key, key === "data" || key === "stringData" ? secret(value) : value]));
        const applied = at(marked, ...LAST_APPLIED);
        return applied === undefined ? marked : withValue(marked, LAST_APPLIED, secret(applied));
    }
    return Object.fromEntries(Object.entries(outs).map(([key, out]) => {
        const inner = isMap(ins) ? ins[key] : undefined;
        if (isMap(out) && isMap(inner) && !isSecret(inner)) {
            return [key, copySecrecy(out, inner)];
        }
        return [key, holdsSecret(inner) ? secret(out) : out];
    }));
}

/** The state to store; `marked` are inputs that tell what is secret. */
export function checkpoint({ live, inputs, initialApiVersion, fieldManager }: State, marked: Values): Values {
    return {
        ...copySecrecy(live, marked),
        [INPUTS]: copySecrecy(inputs, marked),
        [INITIAL_API_VERSION]: initialApiVersion,
        [FIELD_MANAGER]: fieldManager,
    };
}

/** @param stored what {@link checkpoint} made, or the official provider */
export function readState(stored: Values): State {
    const { [INPUTS]: inputs, [INITIAL_API_VERSION]: initialApiVersion, [FIELD_MANAGER]: fieldManager, ...live } = reveal(stored);
    return {
        live,
        inputs: isMap(inputs) ? inputs : {},
        initialApiVersion: typeof initialApiVersion === "string" ? initialApiVersion : textAt(live, "apiVersion"),
        fieldManager: typeof fieldManager === "string" ? fieldManager : "",
    };
}

/**
 * The part of the live object that the inputs speak about. Elements of a list that are beyond the inputs' are left out with the rest:
 * what a controller or a webhook adds is no change of the program's.
 */
export function prune(live: Value, inputs: Value | undefined): Value {
    if (isMap(live) && isMap(inputs)) {
        return Object.fromEntries(Object.entries(live).filter(([key]) => key in inputs).map(([key, value]) => [key, prune(value, inputs[key])]));
    }
    if (Array.isArray(live) && Array.isArray(inputs)) {
        return live.slice(0, inputs.length).map((value, index) => prune(value, inputs[index]));
    }
    return live;
}
