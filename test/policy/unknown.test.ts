import assert from "node:assert/strict";
import { rules } from "../../policy/index";
import { podsOf } from "../../policy/model/pod";
import { UNKNOWN, type Resource, type Value } from "../../policy/model/resource";
import type { ResourceRule } from "../../policy/rules/rule";
import { clusterService, namespace, pods, posture, provider, serviceAccount } from "./fixtures";
import { change } from "./harness";

const GOOD = [...Object.values(pods), clusterService, serviceAccount, namespace, provider];
const resourceRules = rules.filter((rule): rule is ResourceRule => rule.scope === "resource");

/** Fields that a rule only passes by, and whose unknownness relaxes nothing. */
const INDIFFERENT = [
    /\.volumes\[\d+\]\.name$/, // found among the volume's sources
    /^version$/, // of the provider, found among its settings
    /\.env\[\d+\]\.value$/, // of a variable other than the time limit; the limit itself has tests of its own
];

/** Every place that the rule looks at in the resource, whether something stands there or not. */
function placesRead(rule: ResourceRule, resource: Resource): string[] {
    const places = new Set<string>();
    rule.check({ ...resource, props: watched(resource.props, "", places) as Resource["props"] }, posture);
    return [...places];
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

/** The rules that refuse the good resource once its place has this value. */
function refusing(resource: Resource, place: string, value: Value): string[] {
    const edited = change(resource, place, value);
    return resourceRules.filter((rule) => rule.check(edited, posture).length > 0).map(({ name }) => name);
}

describe("policy: a value that the preview doesn't know", () => {
    for (const resource of GOOD) {
        for (const rule of resourceRules) {
            const places = placesRead(rule, resource).filter((place) => !INDIFFERENT.some((pattern) => pattern.test(place)));
            if (places.length === 0) {
                continue;
            }
            it(`is refused wherever ${rule.name} looks in ${resource.type} ${resource.name}`, () => {
                assert.deepEqual(places.filter((place) => refusing(resource, place, UNKNOWN).length === 0), []);
            });
        }
    }

    it("is refused by the very rule that reads it, throughout the pod's spec", () => {
        const ofModel = placesRead({ ...resourceRules[0], check: (resource) => (podsOf(resource), []) } as ResourceRule, pods.evaluator);
        const missed = resourceRules.flatMap((rule) =>
            placesRead(rule, pods.evaluator)
                .filter((place) => place.startsWith("spec.template.spec.") && !ofModel.includes(place) && !INDIFFERENT.some((pattern) => pattern.test(place)))
                .filter((place) => !(rule.name === "no-devices" && /resources\.\w+\./.test(place))) // it goes by the names alone
                .filter((place) => !refusing(pods.evaluator, place, UNKNOWN).includes(rule.name))
                .map((place) => `${rule.name}: ${place}`),
        );
        assert.deepEqual(missed, []);
    });
});
