import assert from "node:assert/strict";
import { rules } from "../../../policy/rules/index";
import type { Resource, Value } from "../../../policy/model/resource";
import { stackOf, type Stack } from "../../../policy/model/stack";
import { inWords, isWaived, waiverOf } from "../../../policy/posture/waivers";
import { policiesOf } from "../../../policy/pack";
import type { Service, Waiver } from "../../../policy/posture/posture";
import type { Violation } from "../../../policy/model/violation";
import type { Rule, StackRule } from "../../../policy/rules/rule";
import { waivers as waiversRule } from "../../../policy/rules/waivers";
import { evaluator as fixture, orchestrator, posture, resource } from "../fixtures";
import { change, CONTAINER, CONTEXT, POD } from "../harness";
import { analyze, analyzeStack, type Diagnostic } from "../sdk";

/** Breaks no rule by itself. */
const evaluator = change(fixture, `${CONTAINER}.env`, Object.entries({ FUNCTION_EVALUATOR_TIMEOUT_MS: "9000", EXECUTOR_PROCESS_POOL_SIZE: "5", WASMTIME_MEMORY_PAGES: "3000" }).map(([name, value]) => ({ name, value })));

const WAIVER: Waiver = {
    rule: "cpu-limits", resource: "Deployment wikifunctions/evaluator-python", reason: "load test of the new executor", ticket: "T412345", owner: "security@example.org",
    expires: "2027-01-31", daysLeft: 68,
};
const MORE_CPU = change(evaluator, `${CONTAINER}.resources.limits.cpu`, "7");
const rule = rules.find((each): each is StackRule => each.name === "waivers" && each.scope === "stack") ?? waiversRule([]);

function judged(waiver: Partial<Waiver>, resources: readonly Resource[] = [MORE_CPU]): Violation[] {
    return rule.check(stackOf(resources), { ...posture, waivers: [{ ...WAIVER, ...waiver }] });
}

function reported(resource: Resource, ...waivers: readonly Waiver[]): Promise<Diagnostic[]> {
    return analyze(policiesOf(rules, { ...posture, waivers }), resource);
}

describe("policy: waivers", () => {
    it("are in order where they are in force and excuse something", () => {
        assert.deepEqual(judged({}), []);
        assert.deepEqual(judged({ daysLeft: 0 }), []);
    });

    it("are in order where they excuse one finding and can't excuse another, which is reported by itself", () => {
        const broken = change(MORE_CPU, `${CONTAINER}.resources.requests.cpu`, undefined);
        assert.deepEqual(judged({}, [broken]), []);
    });

    const WRONG: Readonly<Record<string, readonly [waiver: Partial<Waiver>, is: string, resources?: readonly Resource[]]>> = {
        "that have expired": [{ daysLeft: -1 }, "expired since 2027-01-31"],
        "that excuse nothing": [{}, "without anything to waive", [evaluator]],
        "of another resource": [{ resource: "Deployment wikifunctions/orchestrator" }, "without anything to waive", [MORE_CPU, orchestrator]],
        "of a resource that isn't there": [{ resource: "Deployment wikifunctions/evaluator-lua" }, "without anything to waive"],
        "of another rule": [{ rule: "memory-limits" }, "without anything to waive"],
        "of no rule": [{ rule: "cpu-limit" }, "of a rule that doesn't exist"],
        "of the floor": [{ rule: "no-privileged-containers" }, "of a rule of the floor", [change(evaluator, `${CONTEXT}.privileged`, true)]],
        "of themselves": [{ rule: "waivers" }, "of a rule that doesn't exist"],
        "of a limit that is missing": [{}, "about the floor of its rule", [change(evaluator, `${CONTAINER}.resources.limits.cpu`, undefined)]],
    };
    for (const [what, [waiver, is, resources]] of Object.entries(WRONG)) {
        it(`${what} are violations`, () => {
            assert.deepEqual(judged(waiver, resources).map((violation) => violation.is), [is]);
        });
    }

    it("name themselves by rule, resource, ticket and owner", () => {
        assert.equal(judged({ daysLeft: -1 })[0]?.path, "the waiver of cpu-limits on Deployment wikifunctions/evaluator-python (T412345, security@example.org)");
    });

    it("can be about stack rules too", () => {
        const broken = resource("kubernetes:networking.k8s.io/v1:NetworkPolicy", "wide", { metadata: { name: "wide", namespace: "wikifunctions" } });
        const found = { scope: "stack", name: "network-edges", waivable: true, check: ({ resources }: Stack) => resources.map((each) => ({ resource: each, path: "x", is: "y", must: "z" })) } as unknown as Rule;
        const about = { ...WAIVER, rule: "network-edges", resource: "NetworkPolicy wikifunctions/wide" };
        assert.deepEqual(waiversRule([found]).check(stackOf([broken]), { ...posture, waivers: [about] }), []);
        assert.equal(waiverOf({ ...posture, waivers: [about] }, found, { resource: broken, path: "x", is: "y", must: "z" }, undefined), about);
    });

    it("are in force for one rule and one resource, up to their last day", () => {
        const excuses = (waiver: Partial<Waiver>, of: Resource = MORE_CPU) => isWaived({ ...posture, waivers: [{ ...WAIVER, rule: "other" }, { ...WAIVER, ...waiver }] }, "cpu-limits", of);
        assert.deepEqual([{}, { daysLeft: 0 }].map((waiver) => excuses(waiver)), [true, true]);
        assert.deepEqual([{ daysLeft: -1 }, { rule: "memory-limits" }, { resource: "Deployment wikifunctions/orchestrator" }].map((waiver) => excuses(waiver)), [false, false, false]);
        assert.equal(excuses({}, orchestrator), false);
        const cpu = rules.find(({ name }) => name === "cpu-limits");
        assert.ok(cpu);
        assert.deepEqual([1, 0, -1].map((daysLeft) => waiverOf({ ...posture, waivers: [{ ...WAIVER, daysLeft }] }, cpu, { path: "x", is: "y", must: "z" }, MORE_CPU)?.daysLeft), [1, 0, undefined]);
    });

    it("say how many days are left", () => {
        assert.equal(inWords(WAIVER), "cpu-limits on Deployment wikifunctions/evaluator-python waived until 2027-01-31, 68 days left: load test of the new executor (T412345, security@example.org)");
        assert.deepEqual([1, 0, -1].map((daysLeft) => /, ([^:]+):/.exec(inWords({ ...WAIVER, daysLeft }))?.[1]), ["1 day left", "its last day", "expired"]);
    });

    it("are for rules about numbers and names that a posture approves, and for no other", () => {
        assert.deepEqual(rules.filter(({ waivable }) => waivable === true).map(({ name }) => name), [
            "admission-parameters", "network-edges", "approved-images", "runtime-class", "cpu-limits", "memory-limits", "ephemeral-storage-limits", "replicas", "time-limits",
        ]);
    });
});

describe("policy: waivers in a report", () => {
    it("turn the violation that they excuse off, and no other", async () => {
        assert.deepEqual((await reported(MORE_CPU)).map(({ policy }) => policy), ["cpu-limits"]);
        assert.deepEqual(await reported(MORE_CPU, WAIVER), []);
        const both = change(MORE_CPU, `${CONTEXT}.privileged`, true);
        assert.deepEqual((await reported(both, WAIVER)).map(({ policy, mandatory }) => [policy, mandatory]), [["no-privileged-containers", true]]);
    });

    const LIMITS = `${CONTAINER}.resources.limits`;
    const EXCUSED: Readonly<Record<string, readonly [path: string, to: Value]>> = {
        "cpu-limits": [`${LIMITS}.cpu`, "7"],
        "memory-limits": [`${LIMITS}.memory`, "3Gi"],
        "ephemeral-storage-limits": [`${LIMITS}["ephemeral-storage"]`, "2Gi"],
        "time-limits": [`${CONTAINER}.env[0].value`, "9001"],
        "replicas": ["spec.replicas", 5],
        "approved-images": [`${CONTAINER}.image`, "registry.example.org/elsewhere/image:1"],
        "runtime-class": [`${POD}.runtimeClassName`, "runc"],
    };
    for (const [name, [path, to]] of Object.entries(EXCUSED)) {
        it(`can excuse what is above the approved in ${name}`, async () => {
            const services = { ...posture.services, "evaluator-python": { ...posture.services["evaluator-python"] as Service, ...(name === "runtime-class" ? { minRuntimeClass: "gvisor" } : {}) } };
            const under = (waivers: readonly Waiver[]) => analyze(policiesOf(rules, { ...posture, services, waivers }), change(evaluator, path, to));
            assert.deepEqual((await under([])).map(({ policy }) => policy), [name]);
            assert.deepEqual(await under([{ ...WAIVER, rule: name }]), []);
        });
    }

    const USELESS: Readonly<Record<string, readonly [waiver: Partial<Waiver>, resource: Resource, blocked: string]>> = {
        "has expired": [{ daysLeft: -1 }, MORE_CPU, "cpu-limits"],
        "is about another resource": [{ resource: "Deployment wikifunctions/orchestrator" }, MORE_CPU, "cpu-limits"],
        "is about another rule": [{ rule: "memory-limits" }, MORE_CPU, "cpu-limits"],
        "is about the floor": [{ rule: "no-privileged-containers" }, change(evaluator, `${CONTEXT}.privileged`, true), "no-privileged-containers"],
        "is about a limit that is missing": [{}, change(evaluator, `${CONTAINER}.resources.limits.cpu`, undefined), "cpu-limits"],
        "is about a request above the limit": [{}, change(evaluator, `${CONTAINER}.resources.requests.cpu`, "2"), "cpu-limits"],
    };
    for (const [what, [waiver, weak, blocked]] of Object.entries(USELESS)) {
        it(`excuse nothing where the waiver ${what}`, async () => {
            assert.deepEqual((await reported(weak, { ...WAIVER, ...waiver })).map(({ policy, mandatory }) => [policy, mandatory]), [[blocked, true]]);
        });
    }

    it("stand in every report with the days that are left, as advice, once", async () => {
        const root = resource("pulumi:pulumi:Stack", "wikifunctions-staging", {});
        const found = await reported(root, WAIVER);
        assert.deepEqual(found.map(({ policy, mandatory }) => [policy, mandatory]), [["waived", false]]);
        assert.match(found[0]?.message ?? "", /cpu-limits on Deployment wikifunctions\/evaluator-python waived until 2027-01-31, 68 days left: load test/);
        assert.deepEqual(await reported(root), []);
    });

    it("block as a policy of the pack once they are wrong", async () => {
        const found = await analyzeStack(policiesOf(rules, { ...posture, waivers: [{ ...WAIVER, daysLeft: -3 }] }), [MORE_CPU]);
        assert.ok(found.some(({ policy, mandatory }) => policy === "waivers" && mandatory));
    });
});
