import { printable } from "../../policy/model/printable";
import { SIGNATURE } from "../../policy/model/preview";
import { describe } from "../../policy/model/message";
import type { Value } from "../../policy/model/resource";
import type { Step } from "../pulumi";
import type { KubernetesObject } from "./finding";
import { writersOf, type Path } from "./managed-fields";

const LONGEST = 120;
/** A variable's value: in the cluster, nobody marks it as the secret that it may be. */
const MAY_BE_SECRET = /\.env\[\d+\]\.value$/;
const HIDDEN = Symbol("a secret");

/** The fields of an object that aren't as the program says, in words: with both values, and who has set the cluster's. */
export function changedIn({ old, new: wanted, detailedDiff }: Pick<Step, "old" | "new" | "detailedDiff">): string[] {
    const live = (old?.outputs ?? old?.inputs ?? {}) as KubernetesObject;
    const isSecret = live.kind === "Secret";
    return Object.keys(detailedDiff ?? {}).map((path) => {
        const steps = stepsOf(path);
        const [ours, theirs] = [valueAt(wanted?.inputs, steps), valueAt(live, steps)];
        const values = isSecret || ours === HIDDEN || theirs === HIDDEN
            ? "the program has another value than the cluster; a secret isn't shown"
            : `in the program ${inWords(ours, path)}, in the cluster ${inWords(theirs, path)}`;
        return printable([`${path}: ${values}`, ...writersOf(live, steps)].join(", "));
    });
}

/** Of a path as Pulumi writes it: `spec.containers[0].env`, `metadata.labels["example.org/a"]`. */
function stepsOf(path: string): Path {
    return [...path.matchAll(/\["((?:[^"\\]|\\.)*)"\]|\[(\d+)\]|([^.[\]]+)/g)]
        .map(([, quoted, index, name = ""]) => (index !== undefined ? Number(index) : quoted?.replaceAll(/\\(.)/g, "$1") ?? name));
}

/** HIDDEN where it is a secret or in one. */
function valueAt(value: unknown, [step, ...rest]: Path): unknown {
    if (typeof value === "object" && value !== null && SIGNATURE in value) {
        return HIDDEN;
    }
    return step === undefined ? value : valueAt((value as Record<string | number, unknown> | null | undefined)?.[step], rest);
}

/** Of objects and lists no more than that they are, as a secret may be in them. */
function inWords(value: unknown, path: string): string {
    if (typeof value !== "string" || MAY_BE_SECRET.test(path)) {
        return describe(value as Value);
    }
    const text = JSON.stringify(value);
    return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
