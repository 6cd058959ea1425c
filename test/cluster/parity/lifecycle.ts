import assert from "node:assert/strict";
import type { Course } from "./course";
import { namespaceOf } from "./setting";

const PSA = "pod-security.kubernetes.io/enforce";
const REMOVED = { $remove: true };

/** What happens to a program that its user changes. */
export function lifecycle(course: () => Course): void {
    it("create", async () => {
        const { setting } = course();
        await course().write();
        const { exitCode, plan } = await setting.agreeOnPreview();
        assert.equal(exitCode, 0);
        assert.ok(plan.length > 20 && plan.every((step) => step.startsWith("create ")));
        await course().up();
        const objects = await setting.agreeOnCluster();
        assert.equal(objects.length, Object.keys(course().resources("")).length);
        await setting.agreeOnState();
    });

    it("nothing to do", async () => {
        const { setting } = course();
        assert.deepEqual(await setting.agreeOnPreview(), { exitCode: 0, plan: [] });
    });

    it("nothing to do either with the other's state", async () => {
        const { setting } = course();
        const { small, official } = setting.projects;
        for (const [taker, side, giver] of [[small, "official", official], [official, "small", small]] as const) {
            const own = await taker.exportState();
            await taker.importState(await giver.exportState());
            await taker.write(course().resources(namespaceOf(side)));
            const { exitCode, steps } = await taker.preview();
            assert.equal(exitCode, 0);
            assert.deepEqual(steps.filter(({ op }) => op !== "same"), []);
            await taker.importState(own);
        }
        await course().write();
    });

    it("update", async () => {
        await course().edit({
            namespace: { [`metadata.labels["${PSA}"]`]: "restricted" },
            quota: { "spec.hard.pods": "30" },
            edge: { "spec.egress[0].ports[0].port": 6928, "spec.policyTypes": ["Egress", "Ingress"] },
            deployment: { "spec.replicas": 3, "spec.template.spec.containers[0].image": "example.org/image:2", "spec.template.spec.containers[0].env[0]": REMOVED, "metadata.annotations.note": "new" },
            daemons: { "spec.template.spec.containers[0].resources.limits.cpu": "3" },
            budget: { "spec.minAvailable": 1 },
            role: { "rules[0].verbs[1]": "list" },
            guard: { "spec.failurePolicy": "Ignore" },
        });
        const { plan } = await course().setting.agreeOnPreview();
        assert.deepEqual(plan.toSorted(), ["budget", "daemons", "deployment", "edge", "guard", "namespace", "quota", "role"].map((name) => `update ${name}`));
        await course().up();
        await course().setting.agreeOnCluster();
        await course().setting.agreeOnState();
        await course().demandNothingToDo();
    });

    it("replace what can't be changed", async () => {
        await course().edit({
            daemons: { "spec.selector.matchLabels": { app: "z" }, "spec.template.metadata.labels": { app: "z" } },
            config: { "data.one": "2" },
            unnamed: { "data.one": "2" },
            binding: { "roleRef.name": "other" },
            secret: { "stringData.key": "other" },
        });
        const { plan } = await course().setting.agreeOnPreview();
        assert.equal(plan.filter((step) => step.startsWith("replace ")).length, 5);
        await course().up();
        await course().setting.agreeOnCluster();
        await course().demandNothingToDo();
    });
}

export function end(course: () => Course): void {
    it("destroy", async () => {
        const { setting } = course();
        await setting.run("well", "destroy", "--yes", "--skip-preview");
        assert.deepEqual(await setting.agreeOnCluster(), []);
    });
}
