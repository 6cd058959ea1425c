import assert from "node:assert/strict";
import { rules } from "../../policy/rules/index";
import type { Stack } from "../../policy/model/stack";
import { findingsIn } from "../../policy/judge";
import { policiesOf } from "../../policy/pack";
import { readOnlyRootFilesystem } from "../../policy/rules/read-only-root-filesystem";
import { singleCluster } from "../../policy/rules/single-cluster";
import type { StackRule } from "../../policy/rules/rule";
import { evaluator, goodPosture as posture, goodStack, orchestrator } from "./good-stack";
import { change, CONTAINER, CONTEXT, POD } from "./harness";
import { analyze, analyzeStack, unknownArrayValue, unknownBooleanValue, unknownObjectValue, unknownStringValue, type Sent } from "./sdk";

const SECRET_SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";

const policies = policiesOf(rules, () => posture);

function secret(value: unknown) {
    return { [SECRET_SIGNATURE]: SECRET, value };
}

describe("policy: the pack in the SDK's own server", () => {
    it("says nothing about the good Deployment", async () => {
        assert.deepEqual(await analyze(policies, evaluator), []);
    });

    it("reports a relaxation as mandatory, in full sentences", async () => {
        const found = await analyze(policies, change(evaluator, `${CONTEXT}.privileged`, true));
        assert.deepEqual(found.map(({ policy, mandatory }) => ({ policy, mandatory })), [{ policy: "no-privileged-containers", mandatory: true }]);
        assert.match(found[0]?.message ?? "", /^[^\n]+\nno-privileged-containers: Deployment wikifunctions\/evaluator-python: spec\.template\.spec\.containers\[0\]\.securityContext\.privileged is true; it must be false or left out\. A privileged container .* Remove /s);
    });

    const UNKNOWNS: Readonly<Record<string, readonly [path: string, marker: string, rule: string]>> = {
        "a boolean": [`${CONTEXT}.readOnlyRootFilesystem`, unknownBooleanValue, "read-only-root-filesystem"],
        "a text": [`${CONTAINER}.image`, unknownStringValue, "approved-images"],
        "a list": [`${POD}.containers`, unknownArrayValue, "no-privileged-containers"],
        "an object": [CONTEXT, unknownObjectValue, "no-privilege-escalation"],
        "the whole spec": ["spec", unknownObjectValue, "drop-all-capabilities"],
    };
    for (const [what, [path, marker, rule]] of Object.entries(UNKNOWNS)) {
        it(`reports ${what} that the preview doesn't know as mandatory, never as advisory`, async () => {
            const found = await analyze(policies, change(evaluator, path, marker));
            assert.ok(found.some(({ policy, message }) => policy === rule && message.includes("unknown until the update runs")));
            assert.deepEqual(found.filter(({ mandatory }) => !mandatory), []);
        });
    }

    it("knows the provider of a resource", async () => {
        const found = await analyze(policies, { ...evaluator, provider: { urn: "u", type: "pulumi:providers:command", name: "p", props: {} } });
        assert.deepEqual(found.map(({ policy }) => policy), ["known-provider"]);
    });

    it("knows the provider of each resource in a stack", async () => {
        const other = { urn: "urn:pulumi:test::wikifunctions::pulumi:providers:kubernetes::other", type: "pulumi:providers:kubernetes", name: "other", props: {} };
        const only = policiesOf([singleCluster], () => posture);
        const violations = async (...resources: readonly Sent[]) => (await analyzeStack(only, resources)).filter(({ mandatory }) => mandatory);
        assert.deepEqual(await violations(orchestrator, evaluator), []);
        const [found, ...others] = await violations(orchestrator, { ...evaluator, provider: other });
        assert.match(found?.message ?? "", /Deployment wikifunctions\/evaluator-python: its provider is other; it must be the same as that of orchestrator, cluster\. /);
        assert.deepEqual(others, []);
    });

    it("gives the rules of a stack its resources and their dependencies, once for all of them", async () => {
        const seen: Stack[] = [];
        const rule: StackRule = {
            ...readOnlyRootFilesystem,
            scope: "stack",
            name: "watch-the-stack",
            check: (stack) => {
                seen.push(stack);
                return [{ path: "x", is: "y", must: "z" }];
            },
        };
        const found = await analyzeStack(policiesOf([rule, rule], () => posture), [orchestrator, evaluator], [orchestrator.urn]);
        assert.deepEqual(found.filter(({ mandatory }) => mandatory).map(({ policy, mandatory }) => [policy, mandatory]), [["watch-the-stack", true], ["watch-the-stack", true]]);
        assert.equal(seen[0], seen[1]);
        assert.deepEqual(seen[0]?.resources.map(({ urn, dependencies }) => [urn, dependencies]), [[orchestrator.urn, [orchestrator.urn]], [evaluator.urn, [orchestrator.urn]]]);
    });

    it("advises to ratchet what is tighter than approved, and keeps secrets in it", async () => {
        const found = async (stack: readonly Parameters<typeof analyze>[1][]) => {
            const own = policiesOf(rules, () => posture);
            return (await Promise.all(stack.map((each) => analyze(own, each)))).flat().filter(({ policy }) => policy === "ratchet");
        };
        const tighter = await found([change(evaluator, `${CONTAINER}.resources.limits.memory`, "512Mi")]);
        assert.deepEqual(tighter.map(({ mandatory }) => mandatory), [false]);
        assert.match(tighter[0]?.message ?? "", /\nDeployment wikifunctions\/evaluator-python: spec\.template\.spec\.containers\[0\]\.resources\.limits\.memory: "512Mi", approved is "1Gi"\n"npm run posture -- approve test"/);
        const hidden = await found([change(evaluator, `${CONTAINER}.resources.limits.memory`, secret("513Mi") as never)]);
        assert.match(hidden[0]?.message ?? "", /limits\.memory: \[secret\], approved is "1Gi"/);
        assert.ok(!JSON.stringify(hidden).includes("513Mi"));
        assert.deepEqual(await found(goodStack), []);
    });

    it("is a policy on each resource and one on the whole stack, each with what its rules guard", () => {
        const told = policies.filter(({ enforcementLevel }) => enforcementLevel === "mandatory").map(({ name, tags }) => ({ name, tags }));
        const tagsOf = (scope: string) => [...new Set(rules.filter((rule) => rule.scope === scope).flatMap(({ measures }) => measures))];
        assert.deepEqual(told, [{ name: "each-resource", tags: tagsOf("resource") }, { name: "whole-stack", tags: tagsOf("stack") }]);
    });

    it("judges each resource, and the whole stack, by what is approved for the stack of its URN", async () => {
        const asked: string[] = [];
        const own = policiesOf(rules, (stack) => {
            asked.push(stack);
            return posture;
        });
        await analyze(own, { ...evaluator, urn: "urn:pulumi:one::wikifunctions::kubernetes:apps/v1:Deployment::evaluator-python" });
        await analyzeStack(own, [{ ...evaluator, urn: "urn:pulumi:two::wikifunctions::kubernetes:apps/v1:Deployment::evaluator-python" }]);
        assert.deepEqual([...new Set(asked)], ["one", "two"]);
    });

    it("begins each message with the rule, and ends it with why and how to mend it", async () => {
        const weak = change(evaluator, "spec", {});
        const all = findingsIn(rules, weak, posture);
        for (const { name, rationale, remediation } of rules.filter((rule) => rule.scope === "resource")) {
            const found = (await analyze(policies, weak)).filter(({ policy }) => policy === name);
            assert.equal(found.length, all.filter(({ rule }) => rule.name === name).length, name);
            assert.deepEqual(found.filter(({ message }) => !message.endsWith(` ${rationale} ${remediation}`)), []);
        }
    });

    it("judges each pass by its own properties", async () => {
        const weak = change(evaluator, `${CONTEXT}.privileged`, true);
        assert.equal((await analyze(policies, weak)).length, 1);
        assert.equal((await analyze(policies, evaluator)).length, 0);
        assert.equal((await analyze(policies, weak)).length, 1);
    });

    it("sees through a secret, and keeps it", async () => {
        const hidden = change(evaluator, `${CONTEXT}.readOnlyRootFilesystem`, secret("hunter2") as never);
        const found = await analyze(policies, hidden);
        assert.deepEqual(found.map(({ policy }) => policy), ["read-only-root-filesystem"]);
        assert.ok(!JSON.stringify(found).includes("hunter2"));
        assert.deepEqual(await analyze(policies, change(evaluator, `${CONTEXT}.readOnlyRootFilesystem`, secret(true) as never)), []);
    });

    it("keeps a secret that looks like a name, alone or within an object", async () => {
        for (const [path, value] of [[`${CONTAINER}.image`, secret("hunter2/hunter2")], [POD, secret({ nodeName: "hunter2/hunter2" })]] as const) {
            const found = await analyze(policies, change(evaluator, path, value as never));
            assert.ok(found.some(({ message }) => message.includes("[secret]")));
            assert.ok(!JSON.stringify(found).includes("hunter2"));
        }
    });
});
