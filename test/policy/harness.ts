import assert from "node:assert/strict";
import { isObject } from "../../policy/model/read";
import type { Resource, Value } from "../../policy/model/resource";
import type { Posture } from "../../policy/postures/posture";
import type { ResourceRule, Violation } from "../../policy/rules/rule";
import { posture as approved } from "./fixtures";

/** Where the container's fields and the pod's stand in a Deployment or DaemonSet. */
export const POD = "spec.template.spec";
export const CONTAINER = `${POD}.containers[0]`;
export const CONTEXT = `${CONTAINER}.securityContext`;
export const POD_CONTEXT = `${POD}.securityContext`;
export const ANNOTATIONS = "spec.template.metadata.annotations";

/** The keys of a path: `a.b[0]["c.d/e"]` → a, b, 0, c.d/e. */
export function keysOf(path: string): (string | number)[] {
    return [...path.matchAll(/\[(\d+)\]|\["([^"]+)"\]|([^.[\]]+)/g)].map(([, index, quoted, plain]) => (index === undefined ? (quoted ?? plain ?? "") : Number(index)));
}

/** A copy of the value with one place set; `undefined` removes it. What is missing on the way there is made. */
export function set(value: Value, [key, ...rest]: readonly (string | number)[], to: Value): Value {
    if (key === undefined) {
        return to;
    }
    if (typeof key === "number") {
        const list = Array.isArray(value) ? [...value] : [];
        list[key] = set(list[key], rest, to);
        return list;
    }
    const object: { [key: string]: Value } = isObject(value) ? { ...value } : {};
    object[key] = set(object[key], rest, to);
    if (object[key] === undefined) {
        return Object.fromEntries(Object.entries(object).filter(([name]) => name !== key));
    }
    return object;
}

/** A copy of the resource with one property changed. */
export function change(resource: Resource, path: string, to: Value): Resource {
    return { ...resource, props: set({ ...resource.props }, keysOf(path), to) as Resource["props"] };
}

/** One edit of a property: where, and what to put there. */
type Edit = readonly [path: string, to: Value];

export interface Cases {
    /** A resource that the rule accepts; each case changes one thing in it. */
    readonly good: Resource;
    readonly posture?: Partial<Posture>;
    /** By name: edits that must pass. */
    readonly passes?: Readonly<Record<string, readonly Edit[]>>;
    /** By name: one edit that must be refused, and the path that the violation names where it isn't the edit's own. */
    readonly blocks: Readonly<Record<string, readonly [...Edit, at?: string]>>;
}

/** Declares the tests of one rule. */
export function judge(rule: ResourceRule, ...groups: readonly Cases[]): void {
    describe(`policy: ${rule.name}`, () => {
        for (const { good, passes = {}, blocks, posture: own } of groups) {
            const posture = { ...approved, ...own } as Posture;
            it(`accepts the good ${good.name}`, () => {
                assert.deepEqual(rule.check(good, posture), []);
            });
            for (const [name, edits] of Object.entries(passes)) {
                it(`accepts ${good.name} with ${name}`, () => {
                    const edited = edits.reduce((resource, [path, to]) => change(resource, path, to), good);
                    assert.deepEqual(rule.check(edited, posture), []);
                });
            }
            for (const [name, [path, to, at = path]] of Object.entries(blocks)) {
                it(`refuses ${good.name} with ${name}`, () => {
                    assertNames(rule.check(change(good, path, to), posture), at);
                });
            }
        }
    });
}

/** Fails unless a violation is about this path, and every one of them is complete. */
export function assertNames(violations: readonly Violation[], path: string): void {
    assert.ok(violations.some((violation) => violation.path === path), `no violation names ${path}, only: ${violations.map((violation) => violation.path).join(", ") || "none"}`);
    for (const { is, must } of violations) {
        assert.ok(is !== "" && must !== "");
    }
}
