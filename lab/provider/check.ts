import { isBuiltin } from "./builtin";
import { isNamespaced, type Connection } from "./cluster";
import { named, type Autonaming } from "./naming";
import { normalize } from "./normalize";
import { ANNOTATION, annotation, groupOf, kindOf, namespaceOf, typeOfUrn, withNamespace, type KubernetesObject } from "./object";
import type { Settings } from "./settings";
import { copySecrecy } from "./state";
import { at, isMap, reveal, textAt, type Values } from "./values";

export interface CheckInput {
    readonly urn: string;
    readonly olds: Values;
    readonly news: Values;
    readonly seed: Uint8Array;
    readonly autonaming?: Autonaming | undefined;
}

/** What this provider leaves to the official one. @throws Error naming it */
function refuse(urn: string, object: KubernetesObject): void {
    const { apiVersion, kind } = typeOfUrn(urn);
    if (apiVersion.startsWith("helm.sh/") || (!apiVersion.includes("/") && apiVersion !== "v1")) {
        throw new Error(`${apiVersion} ${kind} is no kind of the Kubernetes API; this provider knows only these. Pulumi's official Kubernetes plugin knows more.`);
    }
    if (kind.endsWith("List") && kindOf(object) === kind && isBuiltin(groupOf(object))) {
        throw new Error(`${kind} is a list, which can't be created; use the kind of its items`);
    }
    if (kind.endsWith("Patch") && kindOf(object) !== kind) {
        throw new Error(`${kind} is not supported by this provider; Pulumi's official Kubernetes plugin supports it`);
    }
    if (textAt(object, "metadata", "generateName") !== "") {
        throw new Error("metadata.generateName is not supported with server-side apply; leave it out for a name of Pulumi's making, or set metadata.name");
    }
    for (const key of [ANNOTATION.waitFor, ANNOTATION.replaceUnready]) {
        if (annotation(object, key) !== "") {
            throw new Error(`annotation ${key} is ${annotation(object, key)}; this provider doesn't support it. Pulumi's official Kubernetes plugin does.`);
        }
    }
}

/** The inputs to work with from here on: normalised, named, in a namespace. @throws Error for what isn't supported */
export async function check({ urn, olds, news, seed, autonaming }: CheckInput, connection: Connection, { skipUpdateUnreachable }: Settings): Promise<Values> {
    if (skipUpdateUnreachable && "unreachable" in connection.cluster) {
        return olds;
    }
    const inputs = normalize(reveal(news));
    refuse(urn, inputs);
    const { apiVersion, kind } = typeOfUrn(urn);
    let object = named(inputs, reveal(olds), urn, seed, autonaming);
    const isFree = namespaceOf(object) === "" && (isMap(at(object, "metadata")) || at(object, "metadata") === undefined);
    if (isFree && await isNamespaced(connection, apiVersion, kind)) {
        object = withNamespace(object, connection.namespace);
    }
    return copySecrecy(object, news);
}
