import assert from "node:assert/strict";
import { isObject } from "../../policy/model/read";
import type { Resource, Value } from "../../policy/model/resource";
import { stackOf } from "../../policy/model/stack";
import type { Posture } from "../../policy/posture/posture";
import type { Violation } from "../../policy/model/violation";
import type { ResourceRule, StackRule } from "../../policy/rules/rule";
import { goodPosture } from "./good-stack";

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
            const posture = { ...goodPosture, ...own } as Posture;
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

/** A change of a whole stack. */
type StackEdit = (stack: readonly Resource[]) => Resource[];

/** The stack with a property of one of its resources changed. */
export function edit({ urn }: Resource, path: string, to: Value): StackEdit {
    return (stack) => stack.map((resource) => (resource.urn === urn ? change(resource, path, to) : resource));
}

/** The stack without these; nothing depends on them any more. */
export function remove(...gone: readonly Resource[]): StackEdit {
    const urns = gone.map(({ urn }) => urn);
    return (stack) => cutFrom(stack, stack, urns).filter(({ urn }) => !urns.includes(urn));
}

/** The stack with one resource more. */
export function add(more: Resource): StackEdit {
    return (stack) => [...stack, more];
}

/** The stack with dependencies of a resource on others taken out. */
export function cut(from: Resource, ...to: readonly Resource[]): StackEdit {
    return (stack) => cutFrom(stack, [from], to.map(({ urn }) => urn));
}

/** The stack with one resource in another's place, which nothing depends on any less. */
export function replace({ urn }: Resource, other: Resource): StackEdit {
    return (stack) => stack.map((resource) => (resource.urn === urn ? { ...other, urn } : resource));
}

function cutFrom(stack: readonly Resource[], from: readonly Resource[], to: readonly string[]): Resource[] {
    const urns = from.map(({ urn }) => urn);
    return stack.map((resource) => (urns.includes(resource.urn) ? { ...resource, dependencies: resource.dependencies.filter((urn) => !to.includes(urn)) } : resource));
}

export interface StackCases {
    /** A stack that the rule accepts; each case changes it. */
    readonly good: readonly Resource[];
    readonly posture?: Partial<Posture>;
    /** By name: edits that must pass. */
    readonly passes?: Readonly<Record<string, readonly StackEdit[]>>;
    /** By name: edits that must be refused, the path that a violation names, and its resource; none for something missing. */
    readonly blocks: Readonly<Record<string, readonly [edits: readonly StackEdit[], path: string, resource?: Resource]>>;
}

/** Declares the tests of one rule on whole stacks. */
export function judgeStack(rule: StackRule, ...groups: readonly StackCases[]): void {
    describe(`policy: ${rule.name}`, () => {
        for (const { good, passes = {}, blocks, posture: own } of groups) {
            const check = (edits: readonly StackEdit[]) => rule.check(stackOf(edits.reduce((stack, apply) => apply(stack), good)), { ...goodPosture, ...own });
            it("accepts the good stack", () => {
                assert.deepEqual(check([]), []);
            });
            for (const [name, edits] of Object.entries(passes)) {
                it(`accepts a stack with ${name}`, () => {
                    assert.deepEqual(check(edits), []);
                });
            }
            for (const [name, [edits, path, resource]] of Object.entries(blocks)) {
                it(`refuses a stack with ${name}`, () => {
                    assertNames(check(edits).filter((violation) => violation.resource?.urn === resource?.urn), path);
                });
            }
        }
    });
}
