import assert from "node:assert/strict";
import { setTimeout as delay } from "node:timers/promises";
import type { Course } from "./course";
import { pods } from "./programs";
import { namespaceOf, SIDES } from "./setting";

const PSA = "pod-security.kubernetes.io/enforce";
const NO_EGRESS_RULE = JSON.stringify([{ op: "replace", path: "/spec/policyTypes", value: ["Ingress"] }]);
const RUNNING = JSON.stringify({ status: { phase: "Running", conditions: [{ type: "Ready", status: "True" }] } });
const ALLOW_ALL = JSON.stringify([{ op: "add", path: "/spec/egress", value: [{}] }]);

/** What happens when somebody else, the API server or the cluster is in the way. */
export function trouble(course: () => Course): void {
    it("take back what somebody has changed", async () => {
        const { setting } = course();
        await setting.change("set", "image", "daemonset/daemons", "main=example.org/evil:1");
        await setting.change("delete", "configmap/config");
        await setting.change("label", "namespace", "NAMESPACE", `${PSA}-`);
        await course().demandNothingToDo();
        await course().refresh();
        await setting.agreeOnState();
        const { plan } = await setting.agreeOnPreview();
        assert.deepEqual(plan.toSorted(), ["create config", "update daemons", "update namespace"]);
        await course().up();
        await setting.agreeOnCluster();
        await course().demandNothingToDo();
    });

    it("take over from kubectl, though no preview can where nothing is left that it made itself", async () => {
        const { setting } = course();
        await setting.change("patch", "deployment/deployment", "--patch", JSON.stringify({ spec: { replicas: 7 } }));
        await setting.change("patch", "networkpolicy/edge", "--type=json", "--patch", ALLOW_ALL);
        await setting.change("patch", "networkpolicy/deny", "--type=json", "--patch", NO_EGRESS_RULE);
        await course().refresh();
        assert.notEqual((await setting.agreeOnPreview()).exitCode, 0);
        await course().up();
        await setting.agreeOnCluster();
        await course().demandNothingToDo();
    });

    it("tell what the API server refuses, and go on once it is mended", async () => {
        const { setting } = course();
        await course().edit({ deployment: { "spec.replicas": -1 } });
        assert.notEqual((await setting.agreeOnPreview()).exitCode, 0);
        assert.match(await course().up("badly"), /Deployment.apps "deployment" is invalid: spec.replicas: Invalid value: -1/);
        await setting.agreeOnCluster();
        await course().edit({ deployment: { "spec.replicas": 3 } });
        await course().up();
        await setting.agreeOnCluster();
        await setting.agreeOnState();
    });

    it("leave others' fields alone, unless told to take them", async () => {
        const { setting } = course();
        const patch = (namespace: string): string => JSON.stringify({ apiVersion: "v1", kind: "ServiceAccount", metadata: { name: "account", namespace, labels: { owner: "somebody" } } });
        await setting.change("patch", "serviceaccount/account", "--type=merge", "--field-manager=somebody", "--patch", patch("NAMESPACE"));
        await course().edit({ account: { "metadata.labels": { owner: "us" } } });
        await setting.agreeOnPreview();
        assert.match(await course().up("badly"), /conflict with "somebody".*: \.metadata\.labels\.owner/);
        await course().edit({ account: { "metadata.annotations": { "pulumi.com/patchForce": "true" } } });
        await course().up();
        await setting.agreeOnCluster();
    });

    it("an object that exists already", async () => {
        const { setting } = course();
        await setting.change("create", "configmap", "taken", "--from-literal=a=b");
        await course().add("taken", (namespace) => ({ object: { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "taken", namespace }, data: { a: "c" } } }));
        assert.equal((await setting.agreeOnPreview()).exitCode, 0);
        await course().up("badly");
        await course().drop("taken");
        await setting.change("delete", "configmap/taken");
        await setting.agreeOnState();
    });

    it("no API server", async () => {
        const { setting } = course();
        const kubeconfig = await setting.deadKubeconfig();
        await course().edit({ quota: { "spec.hard.pods": "40" } });
        for (const [args, isFine] of [[["preview"], true], [["up", "--yes", "--skip-preview"], false], [["refresh", "--yes", "--skip-preview"], false], [["destroy", "--yes", "--skip-preview"], false]] as const) {
            const exitCode = await setting.agree(async (_, project) => (await project.pulumiWithout(kubeconfig, ...args)).exitCode);
            assert.equal(exitCode === 0, isFine, args.join(" "));
        }
        const { output } = await setting.projects.small.pulumiWithout(kubeconfig, "up", "--yes", "--skip-preview");
        assert.match(output, /configured Kubernetes cluster is unreachable: .*127\.0\.0\.1:1.*ECONNREFUSED/);
        await course().up();
        await setting.agreeOnCluster();
    });

    it("a rollout, once its pods are ready", async () => {
        const { setting } = course();
        await course().add("rollout", (namespace) => ({
            object: { apiVersion: "apps/v1", kind: "Deployment", metadata: { name: "rollout", namespace }, spec: { selector: { matchLabels: { app: "rollout" } }, template: pods({ app: "rollout" }) } },
            options: { customTimeouts: { create: "60s" } },
        }));
        const done = course().up();
        // There is no node: this stands in for the kubelets.
        await Promise.all(SIDES.map(async (side) => {
            const list = ["get", "pods", "--namespace", namespaceOf(side), "--selector", "app=rollout", "--output", "name"];
            let found = "";
            for (; found === ""; found = await setting.kubectl(...list)) {
                await delay(500);
            }
            await delay(1000);
            await setting.kubectl("patch", found.trim(), "--namespace", namespaceOf(side), "--subresource", "status", "--patch", RUNNING);
        }));
        await done;
        await setting.agreeOnState();
        await course().drop("rollout");
        await course().up();
    });

    it("something that never becomes ready", async () => {
        const { setting } = course();
        await course().add("late", (namespace) => ({
            object: { apiVersion: "apps/v1", kind: "Deployment", metadata: { name: "late", namespace }, spec: { selector: { matchLabels: { app: "late" } }, template: pods({ app: "late" }) } },
            options: { customTimeouts: { create: "2s", update: "2s" } },
        }));
        await course().up("badly");
        await setting.agreeOnState();
        await setting.agreeOnPreview();
        await course().refresh();
        await setting.agreeOnState();
    });

    it("import", async () => {
        const { setting } = course();
        await setting.change("create", "configmap", "found", "--from-literal=a=b");
        // The packed official plugin has no schema, and with that no properties to import: only the ends are compared.
        await setting.agree(async (side, project) => (await project.pulumi("import", "kubernetes:core/v1:ConfigMap", "found", `${namespaceOf(side)}/found`, "--yes", "--skip-preview", "--generate-code=false", "--protect=false")).exitCode);
        const { small } = setting.projects;
        const [imported] = (await small.state()).filter(({ urn }) => String(urn).endsWith("::found"));
        assert.deepEqual(imported?.["inputs"], { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "found", namespace: namespaceOf("small") }, data: { a: "b" } });
        await course().add("found", (namespace) => ({ object: { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "found", namespace }, data: { a: "b" } } }));
        const { steps } = await small.preview();
        assert.deepEqual(steps.filter(({ op }) => op !== "same").map(({ urn }) => urn.split("::").at(-1)), ["late"]);
    });
}
