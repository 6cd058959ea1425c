import assert from "node:assert/strict";
import type { Value } from "../../../policy/model/resource";
import { objectsOf, onDay, parsePosture, PostureError, postureFileOf, postureOf } from "../../../policy/posture/files";
import { STACKS } from "../../unit/support/stacks";
import { keysOf, set } from "../harness";

const file = postureFileOf("production");
const WAIVER = { rule: "network-edges", resource: "NetworkPolicy wikifunctions/load-test", reason: "a load test", ticket: "T1", owner: "security", expires: "2027-01-31" };

/** What is said about the posture of production with one place changed. */
function problemsWith(place: string, value: unknown): string {
    try {
        parsePosture("production.json", set(file as unknown as Value, keysOf(place), value as Value));
        return "";
    } catch (error) {
        assert.ok(error instanceof PostureError);
        return error.message;
    }
}

describe("policy: postures", () => {
    for (const stack of STACKS) {
        it(`of ${stack} is a file of its own and in order`, () => {
            assert.doesNotThrow(() => parsePosture(`${stack}.json`, postureFileOf(stack)));
            assert.notDeepEqual(postureFileOf(stack), postureFileOf("strictest"));
        });
    }

    it("of any other stack is the strictest: nothing may run, anywhere", () => {
        for (const stack of ["dev", "Production", "../postures/local", "schema", ""]) {
            const { clusters, objects, services, edges, parties, imageRepositories, requireDigests } = postureOf(stack);
            assert.deepEqual({ clusters, objects, services, edges, parties, imageRepositories, requireDigests }, {
                clusters: [], objects: [], services: {}, edges: [], parties: {}, imageRepositories: [], requireDigests: true,
            });
        }
    });

    it("count a waiver's days from the clock that they are given", () => {
        const withWaiver = { ...file, waivers: [WAIVER] };
        assert.deepEqual(["2026-11-24", "2027-01-31", "2027-02-01"].map((day) => onDay(withWaiver, [], day).waivers[0]?.daysLeft), [68, 0, -1]);
        const surroundings = { kubeconfig: "/etc/kubeconfig" };
        const { services, edges, ...rest } = postureOf("production", surroundings, () => "2026-11-24");
        assert.deepEqual(rest, { ...file, objects: objectsOf("production"), waivers: [], surroundings });
        assert.deepEqual(Object.keys(services).filter((name) => services[name]?.role === "orchestrator"), ["orchestrator"]);
        assert.ok(edges.some(({ from, to }) => from === "wiki" && to === "orchestrator"));
    });

    const WRONG: Readonly<Record<string, readonly [place: string, value: unknown, problem: RegExp]>> = {
        "a key that isn't known": ["anything", true, /must NOT have additional properties/],
        "the loader's exceptions for everything": ["loaderNamespace", "wikifunctions", /loaderNamespace must be another one/],
        "any registry": ["imageRepositories[0]", "", /imageRepositories\/0 must match pattern/],
        "a repository that is the beginning of others' names": ["imageRepositories[0]", "docker-registry.wikimedia.org/repos", /imageRepositories\/0 must match pattern/],
        "the kubeconfig's own cluster": ["clusters[0]", { context: "" }, /clusters\/0\/context must NOT have fewer than 1 characters/],
        "a cluster by anything but its uid": ["clusters[0]", { context: "production", id: "*" }, /clusters\/0\/id must match pattern/],
        "everybody": ["parties.ingress", { cidr: "0.0.0.0/0" }, /parties\.ingress\.cidr must be a block of at least \/8/],
        "half of everybody": ["parties.ingress", { cidr: "128.0.0.0/1" }, /parties\.ingress\.cidr must be/],
        "everybody by IPv6": ["parties.ingress", { cidr: "2000::/3" }, /parties\.ingress\.cidr must be/],
        "no address": ["parties.ingress", { cidr: "999.0.0.0/16" }, /parties\.ingress\.cidr must be/],
        "a party without labels": ["parties.ingress", { namespaceSelector: {}, podSelector: {} }, /must NOT have fewer than 1 properties/],
        "a waiver that ends on no day": ["waivers[0]", { ...WAIVER, expires: "2027-02-30" }, /waivers\[0\]\.expires must be a day of the calendar/],
        "a waiver of all that is approved": ["waivers[0]", { ...WAIVER, rule: "approved-objects" }, /waivers\[0\]\.path is missing: a waiver of approved-objects names the field/],
        "a waiver of no field": ["waivers[0]", { ...WAIVER, path: "" }, /waivers\/0\/path must NOT have fewer than 1 characters/],
        "a waiver that never ends": ["waivers[0]", { ...WAIVER, expires: "never" }, /waivers\/0\/expires must match pattern/],
        ...Object.fromEntries(Object.keys(WAIVER).map((key) => [`a waiver without ${key}`, ["waivers[0]", Object.fromEntries(Object.entries(WAIVER).filter(([name]) => name !== key)), new RegExp(`must have required property '${key}'`)]])),
    };
    for (const [what, [place, value, problem]] of Object.entries(WRONG)) {
        it(`can't approve ${what}`, () => {
            assert.match(problemsWith(place, value), problem);
        });
    }

    it("can approve what is within the floor", () => {
        assert.equal(problemsWith("parties.ingress", { cidr: "10.0.0.0/8" }), "");
        assert.equal(problemsWith("waivers[0]", WAIVER), "");
        assert.equal(problemsWith("waivers[0]", { ...WAIVER, rule: "approved-objects", path: "spec.replicas" }), "");
    });
});
