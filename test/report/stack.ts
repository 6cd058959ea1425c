import type { Resource, Value } from "../../policy/model/resource";
import { postureOf } from "../../policy/posture/files";
import type { Posture } from "../../policy/posture/posture";
import { reportOf, type Report } from "../../report/contents";
import { change } from "../policy/harness";
import { replaced, the } from "../policy/stacks";

export const DAY = "2026-11-24";
export const EVALUATOR = "evaluator-python";

/** The report of these resources as the stack `staging`. */
export function report(resources: readonly Resource[], posture: Partial<Posture> = {}, stack = "staging"): Report {
    return reportOf({ stack, resources, posture: { ...postureOf("staging", {}, () => DAY), ...posture }, postureFile: "policy/approved/staging.yaml", day: DAY });
}

/** The stack with one field of one object changed. */
export function edited(resources: readonly Resource[], kind: string, name: string, path: string, to: Value): Resource[] {
    const resource = the(resources, kind, name);
    return replaced(resources, resource, change(resource, path, to));
}

/** A stack with another Deployment for each of the copies, which is the Python evaluator under another name, and all that belongs to it. */
export function enlarged(resources: readonly Resource[], size: number): Resource[] {
    const own = resources.filter(({ urn, type }) => type.startsWith("kubernetes:") && urn.includes(EVALUATOR));
    const copies = Array.from({ length: Math.ceil(Math.max(0, size - resources.length) / own.length) }, (_, index) =>
        own.map((resource) => JSON.parse(JSON.stringify(resource).replaceAll(EVALUATOR, `evaluator-copy${String(index)}`)) as Resource));
    return [...resources, ...copies.flat()].slice(0, size);
}
