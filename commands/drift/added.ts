import { subjectOf, type Finding, type KubernetesObject } from "./finding";
import { byWhom, childOf } from "./managed-fields";

/**
 * Fields that somebody has set on an object after it was made, and that the program doesn't: a second container, a label, a rule. Pulumi
 * passes over them, because it only looks at what it manages itself; the API server keeps a record of who has set which field.
 * @param live the object as the cluster has it @param wanted the object as the program has it
 */
export function added(live: KubernetesObject, wanted: object): Finding[] {
    const { creationTimestamp, managedFields = [] } = live.metadata ?? {};
    const details = managedFields
        // At its creation an object gets the API server's defaults too; its status is the controllers'.
        .filter(({ time, subresource }) => time !== creationTimestamp && subresource !== "status")
        .flatMap((entry) => missing(entry.fieldsV1 ?? {}, wanted, "").map((path) => `${path}, ${byWhom(entry)}`));
    return details.length === 0 ? [] : [{ what: "added", subject: subjectOf(live), details }];
}

/** Paths of those fields that a value hasn't got; where a whole object or item is missing, only its own. */
function missing(fields: object, value: unknown, path: string): string[] {
    return Object.entries(fields).flatMap(([key, inner]) => {
        if (key === ".") {
            return [];
        }
        const [child, step] = childOf(value, key);
        const whole = `${path}${step}`.replace(/^\./, "");
        return child === undefined ? [whole] : missing(inner as object, child, whole);
    });
}
