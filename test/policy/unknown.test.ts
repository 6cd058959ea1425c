import assert from "node:assert/strict";
import { rules } from "../../policy/rules/index";
import { KNOWN_KINDS, PROVIDER_TYPE } from "../../policy/model/kinds";
import { podsOf } from "../../policy/model/pod";
import { UNKNOWN, type Resource } from "../../policy/model/resource";
import { stackOf } from "../../policy/model/stack";
import type { ResourceRule, StackRule } from "../../policy/rules/rule";
import { goodPosture as posture, goodStack } from "./good-stack";
import { change } from "./harness";

/** Components make nothing, so that nothing about them needs to be known. */
const made = goodStack.filter(({ type }) => KNOWN_KINDS.has(type) || type === PROVIDER_TYPE);
const resourceRules = rules.filter((rule): rule is ResourceRule => rule.scope === "resource");
const stackRules = rules.filter((rule): rule is StackRule => rule.scope === "stack");

/** Fields that a rule only passes by, and whose unknownness relaxes nothing: kind, name of the resource, and place. */
const INDIFFERENT = [
    /^(?!ConfigMap ).* binaryData$/, // which only a ConfigMap has
    /^NetworkPolicy \S+-(in|e)gress spec\.policyTypes$/, // beside a default deny they only narrow what the rules open
];

/** What makes a resource the one that a rule is about; that they are known, rules of their own see to. */
const IDENTITY = /^(kind|metadata|metadata\.name|metadata\.namespace)$/;

/** Places that the table of orders leaves to a rule of their own, and one that only workloads have. */
const LEFT_TO_OTHERS = /^(context|metadata\.labels\["pod-security\.kubernetes\.io\/\w+-version"\]|spec\.template)$/;

/** What a rule reads the name of, and not the value. */
const BY_NAME: Readonly<Record<string, RegExp>> = { "approved-objects": LEFT_TO_OTHERS, "known-provider": /^version$/, "volume-types": /\.volumes\[\d+\]\.name$/, "known-annotations": /annotations\[/, "known-pod-fields": /./, "no-devices": /resources\.\w+\./, "seccomp-profile": /annotations\["container\.apparmor/ };

function matters({ type, name }: Resource, place: string): boolean {
    return !INDIFFERENT.some((pattern) => pattern.test(`${type.split(":").at(-1) ?? ""} ${name} ${place}`));
}

function watch(resource: Resource, places: Set<string>): Resource {
    return { ...resource, props: watched(resource.props, "", places) as Resource["props"] };
}

/** Every place that the rule looks at in the resource, whether something stands there or not. */
function placesRead(rule: ResourceRule, resource: Resource): string[] {
    const places = new Set<string>();
    rule.check(watch(resource, places), posture);
    return [...places].filter((place) => matters(resource, place));
}

/** The same for a rule that looks at the whole stack. */
function placesReadInStack(rule: StackRule): (readonly [resource: Resource, place: string])[] {
    const seen = goodStack.map((resource) => ({ resource, places: new Set<string>() }));
    rule.check(stackOf(seen.map(({ resource, places }) => watch(resource, places))), posture);
    return seen.filter(({ resource }) => made.includes(resource)).flatMap(({ resource, places }) => [...places].filter((place) => matters(resource, place)).map((place) => [resource, place] as const));
}

function watched(value: object, path: string, places: Set<string>): object {
    const place = (key: string) => (Array.isArray(value) ? `${path}[${key}]` : /[./]/.test(key) ? `${path}["${key}"]` : path === "" ? key : `${path}.${key}`);
    const isField = (key: string | symbol): key is string => typeof key === "string" && !(Array.isArray(value) && !/^\d+$/.test(key)) && !(key in Object.prototype);
    return new Proxy(value, {
        get: (target, key) => {
            const inner = (target as Record<string | symbol, unknown>)[key];
            if (!isField(key)) {
                return inner;
            }
            places.add(place(key));
            return typeof inner === "object" && inner !== null ? watched(inner, place(key), places) : inner;
        },
        getOwnPropertyDescriptor: (target, key) => {
            if (isField(key)) {
                places.add(place(key));
            }
            return Reflect.getOwnPropertyDescriptor(target, key);
        },
    });
}

/** The rules that refuse the good stack once a place in one of its resources is unknown. */
function refusing(resource: Resource, place: string): string[] {
    const edited = change(resource, place, UNKNOWN);
    const stack = stackOf(goodStack.map((other) => (other === resource ? edited : other)));
    return [...resourceRules.filter((rule) => rule.check(edited, posture).length > 0), ...stackRules.filter((rule) => rule.check(stack, posture).length > 0)].map(({ name }) => name);
}

describe("policy: a value that the preview doesn't know", () => {
    for (const resource of made) {
        for (const rule of resourceRules) {
            const places = placesRead(rule, resource);
            if (places.length === 0) {
                continue;
            }
            it(`is refused wherever ${rule.name} looks in ${resource.type} ${resource.name}`, () => {
                assert.deepEqual(places.filter((place) => refusing(resource, place).length === 0), []);
            });
        }
    }

    for (const rule of stackRules.filter((candidate) => placesReadInStack(candidate).length > 0)) {
        it(`is refused wherever ${rule.name} looks in the whole stack`, () => {
            const missed = placesReadInStack(rule).filter(([resource, place]) => refusing(resource, place).length === 0);
            assert.deepEqual(missed.map(([{ type, name }, place]) => `${type} ${name}: ${place}`), []);
        });
    }

    for (const resource of made) {
        it(`is refused by the very rule that reads it in ${resource.type} ${resource.name}, beyond what tells the resource apart`, () => {
            const ofModel = placesRead({ ...resourceRules[0], check: (watchedOne) => (podsOf(watchedOne), []) } as ResourceRule, resource);
            const missed = resourceRules.flatMap((rule) =>
                placesRead(rule, resource)
                    .filter((place) => !ofModel.includes(place) && !IDENTITY.test(place))
                    .filter((place) => BY_NAME[rule.name]?.test(place) !== true)
                    .filter((place) => rule.check(change(resource, place, UNKNOWN), posture).length === 0)
                    .map((place) => `${rule.name}: ${place}`),
            );
            assert.deepEqual(missed, []);
        });
    }
});
