import type { Properties, Step } from "../../project";

/** What is another one each time, and says nothing about a provider. */
const TIMES = /"(uid|creationTimestamp|time|resourceVersion|lastTransitionTime|lastUpdateTime|controller-uid|batch\.kubernetes\.io\/controller-uid)":"[^"]*"/g;
const DIGITS = /-[0-9a-f]{8}\b|(?<=kube-api-access)-[a-z0-9]{5}\b/g;
/** Ids of providers; the one that stands for an unknown value is none. */
const ID = /"(?!04da6b54)[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}"/g;
/** Addresses of Services. */
const ADDRESS = /"10\.96\.\d+\.\d+"/g;
/** Controllers work in their own time. */
const CONTROLLED = ["status"];
const REVISION = "deployment.kubernetes.io/revision";

/** The same for both sides: names, digits and times are replaced. */
export function neutral<Kind>(value: Kind, side = ""): Kind {
    const text = (side === "" ? JSON.stringify(value) : JSON.stringify(value).replaceAll(side, "side")).replace(ID, "\"…\"").replace(TIMES, "\"$1\":\"…\"").replace(DIGITS, "-…").replace(ADDRESS, "\"…\"");
    return JSON.parse(text) as Kind;
}

function withoutKeys(object: Properties, keys: readonly string[]): Properties {
    return Object.fromEntries(Object.entries(object).filter(([key]) => !keys.includes(key)));
}

interface Manager {
    readonly manager: string;
    readonly operation: string;
    readonly fieldsV1: unknown;
}

/** An object of the cluster without what its controllers add; of the managers, what Pulumi's hold. */
export function normalObject(object: Properties): Properties {
    const metadata = object["metadata"] as Properties;
    const managers = (metadata["managedFields"] as Manager[] | undefined ?? []).filter(({ manager }) => !manager.startsWith("kube-"));
    const annotations = withoutKeys(metadata["annotations"] as Properties | undefined ?? {}, [REVISION]);
    return {
        ...withoutKeys(object, CONTROLLED),
        metadata: { ...withoutKeys(metadata, ["managedFields", "annotations"]), annotations, managers: managers.map(({ manager, operation, fieldsV1 }) => ({ manager, operation, fieldsV1 })) },
    };
}

/** The resources of a stack's state, in the order of their names: what a next run decides by. */
export function normalStates(resources: readonly Properties[]): Properties[] {
    return resources.map(normalState).sort((one, other) => String(one["urn"]).localeCompare(String(other["urn"])));
}

function normalState(resource: Properties): Properties {
    const { type, urn, id, inputs, outputs, initErrors } = resource as { outputs?: Properties } & Properties;
    const metadata = withoutKeys((outputs?.["metadata"] ?? {}) as Properties, ["managedFields", "generation"]);
    const annotations = withoutKeys(metadata["annotations"] as Properties | undefined ?? {}, [REVISION]);
    return { type, urn, id, inputs, outputs: { ...withoutKeys(outputs ?? {}, CONTROLLED), metadata: { ...metadata, annotations } }, hasFailed: Array.isArray(initErrors) };
}

/** The plan for each resource, in the order of their names: independent resources come in any order. */
export function normalSteps(steps: readonly Step[]): unknown[] {
    return steps
        .map(({ op, urn, detailedDiff, replaceReasons }) => ({ op, urn, detailedDiff: detailedDiff ?? {}, replaceReasons: [...replaceReasons ?? []].sort() }))
        .sort((one, other) => `${one.urn} ${one.op}`.localeCompare(`${other.urn} ${other.op}`));
}
