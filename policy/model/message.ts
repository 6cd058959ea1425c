import { printable } from "./printable";
import { isObject } from "./read";
import { MALFORMED, UNKNOWN, type Resource, type Value } from "./resource";
import type { Violation } from "./violation";

/**
 * Texts that may be repeated in a message: words that Kubernetes enumerates, and quantities. The policy SDK hands secrets out
 * in plain text and doesn't say which values are secret, so any other text stays unsaid unless its field can't hold a secret.
 */
const ENUMERATED = new Set([
    ...["Always", "Default", "Directory", "DirectoryOrCreate", "ClusterFirst", "ClusterFirstWithHostNet", "ClusterIP", "ExternalName"],
    ...["IfNotPresent", "LoadBalancer", "Localhost", "Memory", "Never", "NodePort", "None", "OnDelete", "OnFailure", "PreemptLowerPriority"],
    ...["RollingUpdate", "Recreate", "RuntimeDefault", "Unconfined", "Unmasked", "linux", "windows", "true", "false", ""],
]);
const QUANTITY = /^[+-]?\d{1,12}(\.\d{1,6})?([eE][+-]?\d{1,2}|[KMGTPE]i|[numkMGTPE])?$/;
const CAPABILITY = /^(CAP_)?(ALL|AUDIT|BLOCK|BPF|CHECKPOINT|CHOWN|DAC|FOWNER|FSETID|IPC|KILL|LEASE|LINUX|MAC|MKNOD|NET|PERFMON|SETFCAP|SETGID|SETPCAP|SETUID|SYS|SYSLOG|WAKE)(_[A-Z]+)*$/;

/** A DNS name, an image reference or a path: the shapes of names that Kubernetes itself shows to everyone who may list objects. */
const NAME = /^[A-Za-z0-9./_:@*-]{1,253}$/;

/** Takes secrets out of words. */
type Redact = (words: string) => string;
const keepAll: Redact = (words) => words;

/** A value in words that never give a secret away. */
export function describe(value: Value): string {
    if (value === undefined) {
        return "not set";
    }
    if (value === null) {
        return "null, which Kubernetes reads as not set";
    }
    if (value === UNKNOWN) {
        return "unknown until the update runs";
    }
    if (value === MALFORMED) {
        return "inside a value of the wrong type";
    }
    if (typeof value === "string") {
        const harmless = ENUMERATED.has(value) || QUANTITY.test(value) || CAPABILITY.test(value);
        return harmless ? `the text ${JSON.stringify(value)}` : "a text that is not repeated here, as it may be a secret";
    }
    if (Array.isArray(value)) {
        return value.length === 0 ? "an empty list" : `a list of ${String(value.length)}`;
    }
    return isObject(value) ? "an object" : String(value);
}

/** The same for a field that holds a name: of an image, a namespace, a profile, a class. Not for the values of variables or annotations. */
export function describeName(value: Value): string {
    const name = nameIn(value);
    return name === undefined ? describe(value) : `"${name}"`;
}

/** Longer names than any that Kubernetes takes are cut off. */
const LONGEST = 253;

/** `Deployment wikifunctions/evaluator-python`, as far as it can be told; the logical name where it can't. On one line, whatever it is called. */
export function subject(resource: Resource, redact: Redact = keepAll): string {
    const metadata = isObject(resource.props["metadata"]) ? resource.props["metadata"] : {};
    const namespace = nameIn(metadata["namespace"]);
    const kind = resource.type.split(":").at(-1) ?? resource.type;
    const place = namespace === undefined ? "" : `${shown(redact(namespace))}/`;
    return `${shown(kind)} ${place}${shown(redact(nameIn(metadata["name"]) ?? resource.name))}`;
}

/** Of a stranger's making: cut off where it is too long, and printable. */
function shown(name: string): string {
    return printable(name.length > LONGEST ? `${name.slice(0, LONGEST)}…` : name);
}

function nameIn(value: Value): string | undefined {
    return typeof value === "string" && NAME.test(value) ? value : undefined;
}

/** What a rule says beside its findings: why it matters, and how to mend it. */
export interface Advice {
    readonly rationale: string;
    readonly remediation: string;
}

/** What is wrong, where, and what it must be. @param stack in place of a resource, where something is missing */
export function objection({ path, is, must }: Violation, resource: Resource | undefined, redact: Redact = keepAll, stack = "the stack"): string {
    const where = resource === undefined ? stack : subject(resource, redact);
    return printable(`${where}: ${path} is ${redact(is)}; it must be ${redact(must)}`);
}

/** One violation as sentences: which resource and field, what it is, what it must be, why, how to mend it. */
export function message(rule: Advice, violation: Violation, resource: Resource | undefined, redact: Redact = keepAll): string {
    return `${objection(violation, resource, redact, "The stack")}. ${rule.rationale} ${rule.remediation}`;
}
