import { listOf, type Named, type Validation } from "./render";

/** `pods`, or `pods/status`. Of what is left out there is nothing to be read. */
export const WHAT: readonly Named[] = [
    ["part", "request.?subResource.orValue('')"],
    ["what", "variables.part == '' ? request.resource.resource : request.resource.resource + '/' + variables.part"],
];

/** Who writes what, as something that CEL looks up. */
export function writersIn(table: Readonly<Record<string, readonly string[]>>): Named {
    const entries = Object.entries(table).map(([what, writers]) => `'${what}': ${listOf(writers)}`);
    return ["writers", `{${entries.join(", ")}}[?variables.what].orValue([])`];
}

export const IS_WRITER = "request.userInfo.username in variables.writers";

export const isUser = (users: readonly string[]): string => `request.userInfo.username in ${listOf(users)}`;

export const anyOf = (conditions: readonly string[]): string => conditions.map((each) => `(${each})`).join(" || ");

/** The deployment controller sends it with a Deployment's status. */
const REVISION = "deployment.kubernetes.io/revision";
const annotationsOf = (object: string): string => `${object}.metadata.?annotations.orValue({})`;

const SAME_ANNOTATIONS = `${annotationsOf("object")}.all(key, key == '${REVISION}' || (key in ${annotationsOf("oldObject")} && ${annotationsOf("object")}[key] == ${annotationsOf("oldObject")}[key]))`
    + ` && ${annotationsOf("oldObject")}.all(key, key == '${REVISION}' || key in ${annotationsOf("object")})`;

/**
 * With a status there may come metadata, of which the API server takes what it is given: labels decide who a pod may talk to and what its
 * namespace admits, owners and finalizers what the garbage collector deletes.
 * @param annotates who may set annotations all the same
 */
export function sameMetadata(annotates: string): Validation {
    const same = ["labels", "ownerReferences", "finalizers"].map((field) => `object.metadata.?${field} == oldObject.metadata.?${field}`).join(" && ");
    return [
        `!(variables.part in ['status', 'finalize']) || (oldObject != null && ${same} && ((${annotates}) || (${SAME_ANNOTATIONS})))`,
        "what writes a status leaves labels, annotations, owners and finalizers as they are",
    ];
}
