import { Ajv, type ErrorObject, type ValidateFunction } from "ajv";
import { describe } from "../message";
import type { PodHolder } from "../pod";
import { type Field, field, fieldOf } from "../read";
import type { Resource } from "../resource";
import { isCidr } from "./cidr";

/** A place where something else stands than Kubernetes reads there. */
export interface InvalidField {
    readonly path: string;
    readonly is: string;
    readonly must: string;
}

// Kubernetes reads null as left out; hence it is allowed wherever something may be left out.
const text = { type: "string", description: "a text" };
const oneOf = (...words: string[]) => ({ type: ["string", "null"], enum: [...words, null], description: words.join(" or ") });
const list = (items: object) => ({ type: ["array", "null"], items, description: "a list" });
const object = (properties: object) => ({ type: ["object", "null"], properties, additionalProperties: false, description: "an object" });
const labels = { type: ["object", "null"], additionalProperties: text, description: "an object with labels" };
const number = { type: ["integer", "null"], minimum: 1, maximum: 65_535, description: "a port's number" };
// A text of digits only is a name to Kubernetes, and not a valid one.
const numberOrName = { ...number, type: ["integer", "string", "null"], pattern: "^(?=.*[a-z])[a-z0-9]+(-[a-z0-9]+)*$", description: "a port's number, or its name" };

const selector = object({
    matchLabels: labels,
    matchExpressions: list(object({ key: text, operator: { ...text, enum: ["In", "NotIn", "Exists", "DoesNotExist"], description: "In, NotIn, Exists or DoesNotExist" }, values: list(text) })),
});
const cidr = { type: "string", format: "cidr", description: "a block of addresses such as 10.2.3.0/24 or 2001:db8::/32" };
const rulesOf = (peers: string) => list(object({
    [peers]: list(object({ podSelector: selector, namespaceSelector: selector, ipBlock: object({ cidr, except: list(cidr) }) })),
    ports: list(object({ protocol: oneOf("TCP", "UDP", "SCTP"), port: numberOrName, endPort: number })),
}));
const metadata = (properties: object) => ({ type: "object", properties, required: Object.keys(properties), description: "an object" });

const ajv = new Ajv({ allErrors: true, strict: true, allowUnionTypes: true, verbose: true, formats: { cidr: isCidr } });

const resourceWith = (properties: object, rest: object = {}) => ajv.compile({ type: "object", properties: { metadata: metadata(properties), ...rest }, required: ["metadata"] });

/** NetworkPolicy of networking.k8s.io/v1, without what the API server adds. */
const networkPolicy = resourceWith({ name: text, namespace: text }, {
    spec: object({ podSelector: selector, policyTypes: list({ ...text, enum: ["Ingress", "Egress"], description: "Ingress or Egress" }), ingress: rulesOf("from"), egress: rulesOf("to") }),
});
const namespace = resourceWith({ name: text });
const workload = resourceWith({ name: text, namespace: text });
const labelled = ajv.compile(labels);

const whole = (resource: Resource): Field => fieldOf(resource.props);

/** What in a NetworkPolicy isn't known, isn't of the type that it has to be, or isn't a field at all. */
export function invalidInPolicy(policy: Resource): InvalidField[] {
    return invalid(networkPolicy, whole(policy));
}

/** The same for what selectors of namespaces go by. */
export function invalidInNamespace(resource: Resource): InvalidField[] {
    return [...invalid(namespace, whole(resource)), ...invalidInLabels(field(whole(resource), "metadata", "labels"))];
}

/** The same for what selectors of pods go by. */
export function invalidInPods({ resource, labels: ofPods }: PodHolder): InvalidField[] {
    return [...invalid(workload, whole(resource)), ...invalidInLabels(ofPods)];
}

/** The same for labels alone. */
export function invalidInLabels(from: Field): InvalidField[] {
    return invalid(labelled, from);
}

function invalid(validate: ValidateFunction, from: Field): InvalidField[] {
    return validate(from.value ?? null) ? [] : tell(from, validate.errors ?? []);
}

function tell(from: Field, errors: readonly ErrorObject[]): InvalidField[] {
    const found = errors.map((error): InvalidField => {
        const extra = (error.params as { additionalProperty?: string }).additionalProperty;
        const missing = (error.params as { missingProperty?: string }).missingProperty;
        const { path, value } = follow(from, `${error.instancePath}${[extra, missing].map((key) => (key === undefined ? "" : `/${key}`)).join("")}`);
        const must = extra === undefined ? (missing === undefined ? String(error.parentSchema?.["description"]) : "set") : "left out, as there is no such field";
        return { path, is: describe(value), must };
    });
    return found.filter(({ path }, index) => found.findIndex((other) => other.path === path) === index);
}

/** The field at a JSON pointer. */
function follow(from: Field, pointer: string): Field {
    return pointer.split("/").slice(1).map((key) => key.replaceAll("~1", "/").replaceAll("~0", "~")).reduce((at, key) => field(at, Array.isArray(at.value) ? Number(key) : key), from);
}
