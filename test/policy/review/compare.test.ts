import assert from "node:assert/strict";
import { compare, inWords } from "../../../policy/review/compare";
import { postureOf, type Posture } from "../../../policy/posture/posture";
import { keysOf } from "../harness";
import { edited } from "./differences";

const approved = edited(postureOf("production"), ["services", "orchestrator", "minRuntimeClass"], "gvisor");

/** By field: a value that is looser than production's, and one that is tighter, where there is one. */
const FIELDS: Readonly<Record<string, readonly [looser: unknown, tighter?: unknown]>> = {
    "allowSkipAwait": [true],
    "protect": [false],
    "nameserver": ["8.8.8.8"],
    "loaderImage": ["elsewhere.example.org/loader"],
    "services.orchestrator.role": ["evaluator"],
    "services.orchestrator.image": ["elsewhere.example.org/orchestrator"],
    "services.orchestrator.minRuntimeClass": [undefined],
    "services.evaluator-python.memoryOvercommit": [1.7, 1.5],
    "services.evaluator-python.ceilings.cpu": ["6001m", "5"],
    "services.evaluator-python.ceilings.memory": ["unlimited", "2047Mi"],
    "services.evaluator-python.ceilings.ephemeralStorage": ["1Gi", "1Mi"],
    "services.evaluator-python.ceilings.timeoutMs": [Number.POSITIVE_INFINITY, 8999],
    "services.evaluator-python.ceilings.replicas": [5, 0],
    "quota.cpu": ["81", "79"],
    "quota.memory": ["33Gi", "1Gi"],
    "quota.ephemeralStorage": ["9Gi", "1Gi"],
    "quota.pods": [21, 19],
    "limitRange.container.cpu": ["9", "7"],
    "limitRange.container.memory": ["4Gi", "2Gi"],
    "limitRange.container.ephemeralStorage": ["2Gi", "1Mi"],
    "limitRange.pod.cpu": ["11", "9"],
    "limitRange.pod.memory": ["6Gi", "4Gi"],
    "limitRange.pod.ephemeralStorage": ["3Gi", "1Gi"],
};

function changesTo(field: string, value: unknown): readonly { readonly field: string; readonly looser: boolean }[] {
    return compare(approved, edited(approved, keysOf(field), value)).map(({ field: name, looser }) => ({ field: name, looser }));
}

describe("policy: comparison of postures", () => {
    it("finds nothing where nothing differs, however it is written", () => {
        assert.deepEqual(compare(approved, approved), []);
        const samesame = [["services.evaluator-python.ceilings.memory", "2048Mi"], ["services.evaluator-python.ceilings.cpu", "6000m"], ["quota.memory", "34359738368"]] as const;
        for (const [field, value] of samesame) {
            assert.deepEqual(changesTo(field, value), [], field);
        }
    });

    for (const [field, [looser, ...tighter]] of Object.entries(FIELDS)) {
        it(`tells looser from tighter in ${field}`, () => {
            assert.deepEqual(changesTo(field, looser), [{ field, looser: true }]);
            assert.deepEqual(tighter.flatMap((value) => changesTo(field, value)), tighter.map(() => ({ field, looser: false })));
        });
    }

    it("knows every field in which postures can differ", () => {
        const leaves = (value: unknown, path: string): string[] => (typeof value === "object" && value !== null && !Array.isArray(value) ? Object.entries(value).flatMap(([key, inner]) => leaves(inner, path === "" ? key : `${path}.${key}`)) : [path]);
        const { services, ...rest } = approved;
        const all = [...leaves(rest, ""), ...leaves(services["orchestrator"], "services.orchestrator"), ...leaves(services["evaluator-python"], "services.evaluator-python")];
        const named = Object.keys(FIELDS).map((field) => field.replace(/^services\.[^.]+/, "service"));
        const others = all.filter((field) => !named.includes(field.replace(/^services\.[^.]+/, "service"))).filter((field) => !/^(parties|profiles|admission|admissionPolicies)\./.test(field));
        // Profiles have tests of their own; admission policies are held against the approved ones by rules of their own. Identities, which a stack can't differ in without breaking the floor, and what has tests below.
        assert.deepEqual(others, ["$schema", "namespace", "loaderNamespace", "priorityClass", "requireDigests", "edges", "waivers"]);
    });

    it("takes digests, another runtime than none, and fewer edges for tighter", () => {
        assert.deepEqual(changesTo("requireDigests", true), [{ field: "requireDigests", looser: false }]);
        assert.deepEqual(changesTo("services.evaluator-python.minRuntimeClass", "kata"), [{ field: "services.evaluator-python.minRuntimeClass", looser: false }]);
        assert.deepEqual(changesTo("services.orchestrator.minRuntimeClass", "kata"), [{ field: "services.orchestrator.minRuntimeClass", looser: true }]);
        assert.deepEqual(compare(approved, { ...approved, edges: approved.edges.slice(1) }).map(({ looser }) => looser), [false]);
    });

    it("takes more edges and other ports for looser, and says which", () => {
        const more: Posture = { ...approved, edges: [...approved.edges, { from: "ingress", to: "evaluator-python", ports: ["TCP/6927", "TCP/9090"] }] };
        assert.deepEqual(compare(approved, more).map(inWords), ["edges: ingress → evaluator-python TCP/6927, not approved", "edges: ingress → evaluator-python TCP/9090, not approved"]);
        assert.ok(compare(approved, more).every(({ looser }) => looser));
    });

    it("takes a service more or less for looser, since approved ones have to be there", () => {
        const { orchestrator, ...others } = approved.services;
        assert.ok(orchestrator !== undefined);
        assert.deepEqual(compare(approved, { ...approved, services: others }).map(inWords), ["services.orchestrator: none, approved is orchestrator"]);
        assert.deepEqual(compare({ ...approved, services: others }, approved).map(inWords), ["services.orchestrator: orchestrator, not approved"]);
        assert.ok(compare({ ...approved, services: others }, approved).every(({ looser }) => looser));
    });

    it("says what isn't bounded", () => {
        assert.deepEqual(compare(approved, edited(approved, ["services", "orchestrator", "ceilings", "timeoutMs"], Number.POSITIVE_INFINITY)).map(inWords), ["services.orchestrator.ceilings.timeoutMs: unlimited, approved is 9700"]);
    });
});
