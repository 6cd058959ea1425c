import assert from "node:assert/strict";
import { skip } from "../../missing";
import { edit, type Edits } from "./edits";
import changes from "./fixtures/changes.json";
import inputs from "./fixtures/inputs.json";
import { neutral } from "./normal";
import { MISSING } from "./official";
import { type Properties } from "./plugin";
import { edited, everything, pods } from "./programs";
import type { Resources } from "./project";
import { namespaceOf, Setting } from "./setting";

interface Case {
    readonly object: string;
    /** What the program says differently. */
    readonly program?: Edits;
    /** What is different in the cluster, after a refresh. */
    readonly cluster?: Edits;
    readonly ignoreChanges?: string[];
}

const BASES = changes.objects as Record<string, Properties>;
const CASES = changes.cases as Case[];
const PSA = "pod-security.kubernetes.io/enforce";

const REMOVED = { $remove: true };
const NO_EGRESS_RULE = JSON.stringify([{ op: "replace", path: "/spec/policyTypes", value: ["Ingress"] }]);
const ALLOW_ALL = JSON.stringify([{ op: "add", path: "/spec/egress", value: [{}] }]);

describe("the small Kubernetes provider, compared with the official one", function () {
    this.timeout(120_000);
    let setting: Setting;

    before(async function () {
        setting = await Setting.start() ?? skip(this, MISSING.what, MISSING.missing, MISSING.remedy);
    });

    after(async () => {
        // Unset where the suite is skipped.
        await (setting as Setting | undefined)?.stop();
    });

    describe("takes inputs the same way", () => {
        for (const [index, object] of (inputs as Properties[]).entries()) {
            it(`${String(object["kind"])} ${index}, and what the API server would make of it`, async () => {
                const { official, small } = setting.plugins;
                const [expected, checked] = [await official.check(object), await small.check(object)].map((said) => neutral(said));
                assert.deepEqual(checked, expected);
                if (checked !== undefined && !("refusal" in checked)) {
                    const [wanted, made] = [await official.preview(checked), await small.preview(checked)].map((said) => neutral(said));
                    assert.deepEqual(made, wanted);
                }
            });
        }
    });

    describe("finds the same differences", () => {
        for (const { object: name, program, cluster, ignoreChanges } of CASES) {
            const what = [program === undefined ? [] : [`program ${JSON.stringify(program)}`], cluster === undefined ? [] : [`cluster ${JSON.stringify(cluster)}`], ignoreChanges === undefined ? [] : [`but ${ignoreChanges.join()}`]].flat();
            it(`${name}: ${what.join(", ") || "nothing"}`, async () => {
                const { official, small } = setting.plugins;
                const base = BASES[name] ?? {};
                const olds = await official.check(base);
                const state = edit(await official.preview(olds), cluster);
                assert.ok("__inputs" in state, JSON.stringify(state));
                const news = edit(base, program);
                const [expected, found] = await Promise.all([official, small].map(async (plugin) => plugin.diff("a", state, await plugin.check(news, olds), ignoreChanges)));
                assert.deepEqual(found, expected);
            });
        }
    });

    describe("leads the same programs to the same ends", function () {
        this.bail(true);
        let resources: (namespace: string) => Resources = everything;
        const up = async (ends: "well" | "badly" = "well"): Promise<string> => (await setting.run(ends, "up", "--yes", "--skip-preview")).small;
        const refresh = (): Promise<unknown> => setting.run("well", "refresh", "--yes", "--skip-preview");
        /** From here on the programs are these. */
        const program = async (edits: Readonly<Record<string, Edits>>): Promise<void> => {
            const before = resources;
            resources = (namespace) => edited(before(namespace), edits);
            await setting.write(resources);
        };

        it("create", async () => {
            await program({});
            const { exitCode, plan } = await setting.agreeOnPreview();
            assert.equal(exitCode, 0);
            assert.ok(plan.length > 20 && plan.every((step) => step.startsWith("create ")));
            await up();
            const objects = await setting.agreeOnCluster();
            assert.equal(objects.length, Object.keys(resources("")).length);
            await setting.agreeOnState();
        });

        it("nothing to do", async () => {
            assert.deepEqual(await setting.agreeOnPreview(), { exitCode: 0, plan: [] });
        });

        it("nothing to do either with the other's state", async () => {
            const { small, official } = setting.projects;
            for (const [taker, side, giver] of [[small, "official", official], [official, "small", small]] as const) {
                const own = await taker.exportState();
                await taker.importState(await giver.exportState());
                await taker.write(resources(namespaceOf(side)));
                const { exitCode, steps } = await taker.preview();
                assert.equal(exitCode, 0);
                assert.deepEqual(steps.filter(({ op }) => op !== "same"), []);
                await taker.importState(own);
            }
            await setting.write(resources);
        });

        it("update", async () => {
            await program({
                namespace: { [`metadata.labels["${PSA}"]`]: "restricted" },
                quota: { "spec.hard.pods": "30" },
                edge: { "spec.egress[0].ports[0].port": 6928, "spec.policyTypes": ["Egress", "Ingress"] },
                deployment: { "spec.replicas": 3, "spec.template.spec.containers[0].image": "example.org/image:2", "spec.template.spec.containers[0].env[0]": REMOVED, "metadata.annotations.note": "new" },
                daemons: { "spec.template.spec.containers[0].resources.limits.cpu": "3" },
                budget: { "spec.minAvailable": 1 },
                role: { "rules[0].verbs[1]": "list" },
                guard: { "spec.failurePolicy": "Ignore" },
            });
            const { plan } = await setting.agreeOnPreview();
            assert.deepEqual(plan.toSorted(), ["budget", "daemons", "deployment", "edge", "guard", "namespace", "quota", "role"].map((name) => `update ${name}`));
            await up();
            await setting.agreeOnCluster();
            await setting.agreeOnState();
            assert.deepEqual((await setting.agreeOnPreview()).plan, []);
        });

        it("replace what can't be changed", async () => {
            await program({
                daemons: { "spec.selector.matchLabels": { app: "z" }, "spec.template.metadata.labels": { app: "z" } },
                config: { "data.one": "2" },
                unnamed: { "data.one": "2" },
                binding: { "roleRef.name": "other" },
                secret: { "stringData.key": "other" },
            });
            const { plan } = await setting.agreeOnPreview();
            assert.equal(plan.filter((step) => step.startsWith("replace ")).length, 5);
            await up();
            await setting.agreeOnCluster();
            assert.deepEqual((await setting.agreeOnPreview()).plan, []);
        });

        it("take back what somebody has changed", async () => {
            await setting.change("set", "image", "daemonset/daemons", "main=example.org/evil:1");
            await setting.change("delete", "configmap/config");
            await setting.change("label", "namespace", "NAMESPACE", `${PSA}-`);
            assert.deepEqual((await setting.agreeOnPreview()).plan, []);
            await refresh();
            await setting.agreeOnState();
            const { plan } = await setting.agreeOnPreview();
            assert.deepEqual(plan.toSorted(), ["create config", "update daemons", "update namespace"]);
            await up();
            await setting.agreeOnCluster();
            assert.deepEqual((await setting.agreeOnPreview()).plan, []);
        });

        it("take over from kubectl, though no preview can where nothing is left that it made itself", async () => {
            await setting.change("patch", "deployment/deployment", "--patch", JSON.stringify({ spec: { replicas: 7 } }));
            await setting.change("patch", "networkpolicy/edge", "--type=json", "--patch", ALLOW_ALL);
            await setting.change("patch", "networkpolicy/deny", "--type=json", "--patch", NO_EGRESS_RULE);
            await refresh();
            assert.notEqual((await setting.agreeOnPreview()).exitCode, 0);
            await up();
            await setting.agreeOnCluster();
            assert.deepEqual((await setting.agreeOnPreview()).plan, []);
        });

        it("tell what the API server refuses, and go on once it is mended", async () => {
            await program({ deployment: { "spec.replicas": -1 } });
            assert.notEqual((await setting.agreeOnPreview()).exitCode, 0);
            assert.match(await up("badly"), /Deployment.apps "deployment" is invalid: spec.replicas: Invalid value: -1/);
            await setting.agreeOnCluster();
            await program({ deployment: { "spec.replicas": 3 } });
            await up();
            await setting.agreeOnCluster();
            await setting.agreeOnState();
        });

        it("leave others' fields alone, unless told to take them", async () => {
            const patch = (namespace: string): string => JSON.stringify({ apiVersion: "v1", kind: "ServiceAccount", metadata: { name: "account", namespace, labels: { owner: "somebody" } } });
            await setting.change("patch", "serviceaccount/account", "--type=merge", "--field-manager=somebody", "--patch", patch("NAMESPACE"));
            await program({ account: { "metadata.labels": { owner: "us" } } });
            await setting.agreeOnPreview();
            assert.match(await up("badly"), /conflict with "somebody".*: \.metadata\.labels\.owner/);
            await program({ account: { "metadata.annotations": { "pulumi.com/patchForce": "true" } } });
            await up();
            await setting.agreeOnCluster();
        });

        it("an object that exists already", async () => {
            await setting.change("create", "configmap", "taken", "--from-literal=a=b");
            const before = resources;
            resources = (namespace) => ({ ...before(namespace), taken: { object: { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "taken", namespace }, data: { a: "c" } } } });
            await setting.write(resources);
            assert.equal((await setting.agreeOnPreview()).exitCode, 0);
            await up("badly");
            resources = before;
            await setting.write(resources);
            await setting.change("delete", "configmap/taken");
            await setting.agreeOnState();
        });

        it("no API server", async () => {
            const kubeconfig = await setting.deadKubeconfig();
            await program({ quota: { "spec.hard.pods": "40" } });
            for (const [args, isFine] of [[["preview"], true], [["up", "--yes", "--skip-preview"], false], [["refresh", "--yes", "--skip-preview"], false], [["destroy", "--yes", "--skip-preview"], false]] as const) {
                const exitCode = await setting.agree(async (_, project) => (await project.pulumiWithout(kubeconfig, ...args)).exitCode);
                assert.equal(exitCode === 0, isFine, args.join(" "));
            }
            const { output } = await setting.projects.small.pulumiWithout(kubeconfig, "up", "--yes", "--skip-preview");
            assert.match(output, /configured Kubernetes cluster is unreachable: .*127\.0\.0\.1:1.*ECONNREFUSED/);
            await up();
            await setting.agreeOnCluster();
        });

        it("something that never becomes ready", async () => {
            const before = resources;
            resources = (namespace) => ({ ...before(namespace), late: { object: { apiVersion: "apps/v1", kind: "Deployment", metadata: { name: "late", namespace }, spec: { selector: { matchLabels: { app: "late" } }, template: pods({ app: "late" }) } }, options: { customTimeouts: { create: "2s", update: "2s" } } } });
            await setting.write(resources);
            await up("badly");
            await setting.agreeOnState();
            await setting.agreeOnPreview();
            await refresh();
            await setting.agreeOnState();
        });

        it("import", async () => {
            await setting.change("create", "configmap", "found", "--from-literal=a=b");
            // The packed official plugin has no schema, and with that no properties to import: only the ends are compared.
            await setting.agree(async (side, project) => (await project.pulumi("import", "kubernetes:core/v1:ConfigMap", "found", `${namespaceOf(side)}/found`, "--yes", "--skip-preview", "--generate-code=false", "--protect=false")).exitCode);
            const { small } = setting.projects;
            const [imported] = (await small.state()).filter(({ urn }) => String(urn).endsWith("::found"));
            assert.deepEqual(imported?.["inputs"], { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "found", namespace: namespaceOf("small") }, data: { a: "b" } });
            const before = resources;
            resources = (namespace) => ({ ...before(namespace), found: { object: { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "found", namespace }, data: { a: "b" } } } });
            await setting.write(resources);
            const { steps } = await small.preview();
            assert.deepEqual(steps.filter(({ op }) => op !== "same").map(({ urn }) => urn.split("::").at(-1)), ["late"]);
        });

        it("destroy", async () => {
            await setting.run("well", "destroy", "--yes", "--skip-preview");
            assert.deepEqual(await setting.agreeOnCluster(), []);
        });
    });
});
