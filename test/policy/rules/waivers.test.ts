import assert from "node:assert/strict";
import { rules } from "../../../policy/rules/index";
import type { Resource, Value } from "../../../policy/model/resource";
import { stackOf, type Stack } from "../../../policy/model/stack";
import { isOpen, judge } from "../../../policy/judge";
import { inWords, waiverOf } from "../../../policy/posture/waivers";
import { policiesOf } from "../../../policy/pack";
import type { Posture, Service, Waiver } from "../../../policy/posture/posture";
import type { Violation } from "../../../policy/model/violation";
import type { Rule, StackRule } from "../../../policy/rules/rule";
import { waivers as waiversRule } from "../../../policy/rules/waivers";
import { resource } from "../fixtures";
import { evaluator, goodPosture as posture, goodStack, orchestrator, wayOut } from "../good-stack";
import { change, CONTAINER, CONTEXT, POD } from "../harness";
import { analyze, analyzeStack, type Diagnostic } from "../sdk";

const CPU = `${CONTAINER}.resources.limits.cpu`;
/** Of a whole resource. */
const WHOLE: Waiver = {
    rule: "network-edges", resource: "Deployment wikifunctions/evaluator-python", reason: "load test of the new executor", ticket: "T412345", owner: "security@example.org",
    expires: "2027-01-31", daysLeft: 68,
};
/** Of one field. */
const WAIVER: Waiver = { ...WHOLE, rule: "approved-objects", path: CPU };
const MORE_CPU = change(evaluator, CPU, "7");
const rule = rules.find((each): each is StackRule => each.name === "waivers" && each.scope === "stack") ?? waiversRule([]);

function judged(waiver: Partial<Waiver>, resources: readonly Resource[] = [MORE_CPU]): Violation[] {
    return rule.check(stackOf(resources), { ...posture, waivers: [{ ...WAIVER, ...waiver }] });
}

function reported(resource: Resource, ...waivers: readonly Waiver[]): Promise<Diagnostic[]> {
    return analyze(policiesOf(rules, () => ({ ...posture, waivers })), resource);
}

describe("policy: waivers", () => {
    it("are in order where they are in force and excuse something", () => {
        assert.deepEqual(judged({}), []);
        assert.deepEqual(judged({ daysLeft: 0 }), []);
    });

    it("are in order where they excuse one finding and can't excuse another, which is reported by itself", () => {
        const broken = change(MORE_CPU, `${CONTAINER}.stdin`, "yes");
        assert.deepEqual(judged({}, [broken]), []);
        const renamed = { ...MORE_CPU, options: { ...MORE_CPU.options, aliases: ["urn:x"] } };
        assert.deepEqual(judged({ path: undefined }, [renamed]), []);
    });

    it("excuse no finding that is about no resource", () => {
        const finding = { path: CPU, is: "missing", must: "there" };
        assert.equal(waiverOf({ ...posture, waivers: [WHOLE] }, { name: WHOLE.rule, waivable: true }, finding, undefined), undefined);
    });

    const WRONG: Readonly<Record<string, readonly [waiver: Partial<Waiver>, is: string, resources?: readonly Resource[]]>> = {
        "that have expired": [{ daysLeft: -1 }, "expired since 2027-01-31"],
        "that excuse nothing": [{}, "without anything to waive", [evaluator]],
        "of another resource": [{ resource: "Deployment wikifunctions/orchestrator" }, "without anything to waive", [MORE_CPU, orchestrator]],
        "of a resource that isn't there": [{ resource: "Deployment wikifunctions/evaluator-lua" }, "without anything to waive"],
        "of another rule": [{ rule: "runtime-class" }, "without anything to waive"],
        "of another field": [{ path: `${CONTAINER}.resources.limits.memory` }, "without anything to waive"],
        "of a field around the one": [{ path: `${CONTAINER}.resources` }, "without anything to waive"],
        "of no rule": [{ rule: "approved-object" }, "of a rule that doesn't exist"],
        "of the floor": [{ rule: "no-privileged-containers" }, "of a rule of the floor", [change(evaluator, `${CONTEXT}.privileged`, true)]],
        "of limits that no posture may do without": [{ rule: "cpu-limits" }, "of a rule of the floor", [change(evaluator, CPU, undefined)]],
        "of images from anywhere": [{ rule: "approved-images" }, "of a rule of the floor", [change(evaluator, `${CONTAINER}.image`, "evil:1")]],
        "of time without end": [{ rule: "time-limits" }, "of a rule of the floor", [change(evaluator, `${CONTAINER}.env[0].value`, "60001")]],
        "of themselves": [{ rule: "waivers" }, "of a rule that doesn't exist"],
        "of what no order is about": [{ path: `${POD}.serviceAccountName` }, "about the floor of its rule", [change(evaluator, `${POD}.serviceAccountName`, "orchestrator")]],
        "of an object that isn't approved": [{ resource: "Deployment wikifunctions/miner", path: "its identity" }, "about the floor of its rule", [change(evaluator, "metadata.name", "miner")]],
        "of an option of Pulumi": [{ path: "the option aliases" }, "about the floor of its rule", [{ ...evaluator, options: { ...evaluator.options, aliases: ["urn:x"] } }]],
        "of requests that reach the limits": [{ path: `${CONTAINER}.resources` }, "about the floor of its rule", [change(evaluator, `${CONTAINER}.resources.limits.memory`, "200Mi")]],
    };
    for (const [what, [waiver, is, resources]] of Object.entries(WRONG)) {
        it(`${what} are violations`, () => {
            assert.deepEqual(judged(waiver, resources).map((violation) => violation.is), [is]);
        });
    }

    it("name themselves by rule, resource, ticket and owner", () => {
        assert.equal(judged({ daysLeft: -1 })[0]?.path, "the waiver of approved-objects on Deployment wikifunctions/evaluator-python (T412345, security@example.org)");
    });

    it("can be about stack rules too", () => {
        const broken = resource("kubernetes:networking.k8s.io/v1:NetworkPolicy", "wide", { metadata: { name: "wide", namespace: "wikifunctions" } });
        const found = { scope: "stack", name: "network-edges", waivable: true, check: ({ resources }: Stack) => resources.map((each) => ({ resource: each, path: "x", is: "y", must: "z" })) } as unknown as Rule;
        const about = { ...WHOLE, resource: "NetworkPolicy wikifunctions/wide" };
        assert.deepEqual(waiversRule([found]).check(stackOf([broken]), { ...posture, waivers: [about] }), []);
        assert.equal(waiverOf({ ...posture, waivers: [about] }, found, { resource: broken, path: "x", is: "y", must: "z" }, undefined), about);
    });

    it("are in force for one rule, one resource and one field, up to their last day", () => {
        const approvedObjects = rules.find(({ name }) => name === "approved-objects");
        assert.ok(approvedObjects);
        const found: Violation = { path: CPU, is: "y", must: "z" };
        const excuses = (waiver: Partial<Waiver>, of: Resource = MORE_CPU, violation = found) =>
            waiverOf({ ...posture, waivers: [{ ...WAIVER, rule: "other" }, { ...WAIVER, ...waiver }] }, approvedObjects, violation, of) !== undefined;
        assert.deepEqual([{}, { daysLeft: 0 }].map((waiver) => excuses(waiver)), [true, true]);
        const others: readonly Partial<Waiver>[] = [{ daysLeft: -1 }, { rule: "runtime-class" }, { resource: "Deployment wikifunctions/orchestrator" }, { path: "spec.replicas" }];
        assert.deepEqual(others.filter((waiver) => excuses(waiver)), []);
        assert.deepEqual([excuses({}, orchestrator), excuses({}, MORE_CPU, { ...found, floor: true })], [false, false]);
    });

    it("say how many days are left", () => {
        assert.equal(inWords(WAIVER), "approved-objects on Deployment wikifunctions/evaluator-python (spec.template.spec.containers[0].resources.limits.cpu) waived until 2027-01-31, 68 days left: load test of the new executor (T412345, security@example.org)");
        assert.match(inWords(WHOLE), /^network-edges on Deployment wikifunctions\/evaluator-python waived until/);
        assert.deepEqual([1, 0, -1].map((daysLeft) => /, ([^:]+):/.exec(inWords({ ...WAIVER, daysLeft }))?.[1]), ["1 day left", "its last day", "expired"]);
    });

    it("are for rules about what is approved, and for no other", () => {
        assert.deepEqual(rules.filter(({ waivable }) => waivable === true).map(({ name }) => name), ["approved-objects", "network-edges", "runtime-class"]);
    });
});

describe("policy: waivers in a report", () => {
    it("turn the violation that they excuse off, and no other", async () => {
        assert.deepEqual((await reported(MORE_CPU)).map(({ policy }) => policy), ["approved-objects"]);
        assert.deepEqual(await reported(MORE_CPU, WAIVER), []);
        const both = change(MORE_CPU, `${CONTEXT}.privileged`, true);
        assert.deepEqual((await reported(both, WAIVER)).map(({ policy, mandatory }) => [policy, mandatory]), [["no-privileged-containers", true]]);
    });

    const LIMITS = `${CONTAINER}.resources.limits`;
    const EXCUSED: Readonly<Record<string, readonly [path: string, to: Value]>> = {
        "CPU": [CPU, "7"],
        "memory": [`${LIMITS}.memory`, "3Gi"],
        "storage": [`${LIMITS}["ephemeral-storage"]`, "2Gi"],
        "time": [`${CONTAINER}.env[0].value`, "9001"],
        "replicas": ["spec.replicas", 5],
        "image": [`${CONTAINER}.image`, `registry.example.org/wikifunctions/other@sha256:${"b".repeat(64)}`],
    };
    for (const [what, [path, to]] of Object.entries(EXCUSED)) {
        it(`can excuse more than the approved ${what}`, async () => {
            const weak = change(evaluator, path, to);
            const [found, ...others] = await reported(weak);
            assert.deepEqual([found?.policy, others], ["approved-objects", []]);
            const at = /evaluator-python: (\S+) is /.exec(found?.message ?? "")?.[1] ?? "";
            assert.deepEqual(await reported(weak, { ...WAIVER, path: at }), []);
        });
    }

    it("can excuse a runtime that isn't the one to stay on", async () => {
        const services = { ...posture.services, "evaluator-python": { ...posture.services["evaluator-python"] as Service, minRuntimeClass: "gvisor" } };
        const under = (waivers: Posture["waivers"]) => analyze(policiesOf(rules, () => ({ ...posture, services, waivers })), evaluator);
        assert.deepEqual((await under([])).map(({ policy }) => policy), ["runtime-class"]);
        assert.deepEqual(await under([{ ...WAIVER, rule: "runtime-class", path: `${POD}.runtimeClassName` }]), []);
    });

    it("can excuse a connection that isn't approved", () => {
        const wider = change(wayOut, "spec.egress[0].ports[1]", { port: 9090, protocol: "TCP" });
        const stack = goodStack.map((each) => (each.urn === wider.urn ? wider : each));
        const under = (waivers: Posture["waivers"]) => judge(rules.filter(({ name }) => name === "network-edges"), stackOf(stack), { ...posture, waivers }).filter(isOpen);
        const about = { ...WAIVER, rule: "network-edges", resource: "NetworkPolicy wikifunctions/orchestrator-to-evaluator-python-egress" };
        assert.equal(under([]).length, 1);
        assert.deepEqual(under([{ ...about, path: "spec.egress[0].ports[1]" }]), []);
    });

    const USELESS: Readonly<Record<string, readonly [waiver: Partial<Waiver>, resource: Resource, blocked: string]>> = {
        "has expired": [{ daysLeft: -1 }, MORE_CPU, "approved-objects"],
        "is about another resource": [{ resource: "Deployment wikifunctions/orchestrator" }, MORE_CPU, "approved-objects"],
        "is about another rule": [{ rule: "runtime-class" }, MORE_CPU, "approved-objects"],
        "is about another field": [{ path: "spec.replicas" }, MORE_CPU, "approved-objects"],
        "is about what no order knows": [{ path: `${POD}.serviceAccountName` }, change(evaluator, `${POD}.serviceAccountName`, "orchestrator"), "approved-objects"],
        "is about the floor": [{ rule: "no-privileged-containers" }, change(evaluator, `${CONTEXT}.privileged`, true), "no-privileged-containers"],
        "is about a limit that is missing": [{}, change(evaluator, CPU, undefined), "cpu-limits"],
        "is about a request above the limit": [{ path: `${CONTAINER}.resources.requests.cpu` }, change(evaluator, `${CONTAINER}.resources.requests.cpu`, "2"), "cpu-limits"],
        "is about an image from anywhere": [{ path: `${CONTAINER}.image` }, change(evaluator, `${CONTAINER}.image`, "evil.example.org/image:1"), "approved-images"],
        "is about time without end": [{ path: `${CONTAINER}.env[0].value` }, change(evaluator, `${CONTAINER}.env[0].value`, "60001"), "time-limits"],
    };
    for (const [what, [waiver, weak, blocked]] of Object.entries(USELESS)) {
        it(`excuse nothing where the waiver ${what}`, async () => {
            const found = await reported(weak, { ...WAIVER, ...waiver });
            assert.ok(found.some(({ policy, mandatory }) => policy === blocked && mandatory), JSON.stringify(found));
        });
    }

    it("stand in every report with the days that are left, as advice, once", async () => {
        const root = resource("pulumi:pulumi:Stack", "wikifunctions-staging", {});
        const found = await reported(root, WAIVER);
        assert.deepEqual(found.map(({ policy, mandatory }) => [policy, mandatory]), [["waived", false]]);
        assert.match(found[0]?.message ?? "", /approved-objects on Deployment wikifunctions\/evaluator-python \(\S+\) waived until 2027-01-31, 68 days left: load test/);
        assert.deepEqual(await reported(root), []);
    });

    it("block as a policy of the pack once they are wrong", async () => {
        const found = await analyzeStack(policiesOf(rules, () => ({ ...posture, waivers: [{ ...WAIVER, daysLeft: -3 }] })), [MORE_CPU]);
        assert.ok(found.some(({ policy, mandatory }) => policy === "waivers" && mandatory));
    });
});
