import assert from "node:assert/strict";
import { copyFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import execa from "execa";
import type { Finding } from "../../commands/drift/finding";
import { copyCheckout } from "../checkout";
import { TestCluster } from "./cluster";

const NAMESPACE = "wikifunctions";
// A pod would be refused by the admission policies, whoever makes it.
const FOREIGN = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "foreign", namespace: "wikifunctions-apparmor" }, data: { more: "" } };
const OPEN = { apiVersion: "networking.k8s.io/v1", kind: "NetworkPolicy", metadata: { name: "open", namespace: NAMESPACE }, spec: { podSelector: {}, policyTypes: ["Egress"], egress: [{}] } };
const POWER = { apiVersion: "rbac.authorization.k8s.io/v1", kind: "ClusterRoleBinding", metadata: { name: "power" }, roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "view" }, subjects: [{ kind: "ServiceAccount", name: "orchestrator", namespace: NAMESPACE }] };
const IN = ["--namespace", NAMESPACE];
const PATCH = [{ op: "replace", path: "/spec/revisionHistoryLimit", value: 9 }];
const BACK = [{ ...PATCH[0], value: 2 }];
const lua = (patch: object): readonly string[] => ["patch", "deployment", "evaluator-lua", "--namespace", NAMESPACE, "--type", "json", "--patch", JSON.stringify(patch)];

/** What somebody does with kubectl, and what is said of it. */
const HANDS: readonly { readonly what: string; readonly command: readonly string[]; readonly input?: object; readonly finding: Omit<Finding, "details">; readonly detail?: RegExp }[] = [
    { what: "a field edited by hand", command: lua(PATCH), finding: { what: "changed", subject: `Deployment ${NAMESPACE}/evaluator-lua` }, detail: /^spec\.revisionHistoryLimit: in the program 2, in the cluster 9, by kubectl-patch, who wrote last at 2/ },
    { what: "a label added by hand", command: ["label", "namespace", NAMESPACE, "extra=yes"], finding: { what: "added", subject: `Namespace ${NAMESPACE}` }, detail: /^metadata\.labels\.extra, by kubectl-label, who wrote last at 2/ },
    { what: "a deleted NetworkPolicy", command: ["delete", "networkpolicy", "default-deny", "--namespace", NAMESPACE], finding: { what: "missing", subject: `NetworkPolicy ${NAMESPACE}/default-deny` } },
    { what: "a foreign NetworkPolicy", command: ["create", "--filename=-"], input: OPEN, finding: { what: "unmanaged", subject: `NetworkPolicy ${NAMESPACE}/open` }, detail: /by kubectl-create$/ },
    { what: "a foreign object", command: ["create", "--filename=-"], input: FOREIGN, finding: { what: "unmanaged", subject: "ConfigMap wikifunctions-apparmor/foreign" } },
    { what: "rights in the whole cluster", command: ["create", "--filename=-"], input: POWER, finding: { what: "unmanaged", subject: "ClusterRoleBinding power" } },
];

describe("npm run drift", function () {
    this.timeout(600_000);
    let folder: string;
    let copy: string;
    let cluster: TestCluster;

    const drift = async (...args: readonly string[]) => {
        const { exitCode, stdout, stderr } = await execa("npm", ["run", "-s", "drift", "--", ...args], { cwd: copy, env, reject: false });
        return { exitCode, stdout, stderr };
    };
    const pulumi = (...args: readonly string[]) => execa("pulumi", [...args, "--non-interactive"], { cwd: copy, env });
    const findings = async (): Promise<{ exitCode: number; found: Finding[] }> => {
        const { exitCode, stdout, stderr } = await drift("local", "--format", "json");
        assert.notEqual(stdout, "", stderr);
        return { exitCode, found: (JSON.parse(stdout) as { findings: Finding[] }).findings };
    };

    /** Its kubeconfig is the administrator's, or that of the account of docs/drift-role.yaml: at one place, because its path is a setting of the stack's provider. */
    let env: Readonly<Record<string, string>>;
    let account: string;

    const asAccount = async <Result>(work: () => Promise<Result>): Promise<Result> => {
        await copyFile(account, env["KUBECONFIG"] ?? "");
        try {
            return await work();
        } finally {
            await copyFile(cluster.env.KUBECONFIG, env["KUBECONFIG"] ?? "");
        }
    };

    before(async function () {
        cluster = await TestCluster.start(this, "drift of the embedded cluster");
        folder = await mkdtemp(path.join(tmpdir(), "wikifunctions-drift-"));
        copy = path.join(folder, "checkout");
        await copyCheckout(copy);
        env = { ...cluster.env, KUBECONFIG: path.join(folder, "kubeconfig") };
        await copyFile(cluster.env.KUBECONFIG, path.join(folder, "kubeconfig"));
        await pulumi("stack", "init", "local");
        await pulumi("up", "--stack", "local", "--yes", "--skip-preview", "--policy-pack", "policy");
        await cluster.kubectl("apply", "--filename", path.join(copy, "docs/drift-role.yaml"));
        account = await cluster.kubeconfigOf("drift", "wikifunctions-drift");
    });

    after(async () => {
        // Unset where the suite is skipped.
        await (cluster as TestCluster | undefined)?.stop();
        if ((folder as string | undefined) !== undefined) {
            await rm(folder, { recursive: true, force: true });
        }
    });

    it("ends with 0 where the cluster is as the program says", async () => {
        const before = await cluster.wanted();
        const { exitCode, found } = await findings();
        assert.deepEqual({ exitCode, found }, { exitCode: 0, found: [] });
        assert.deepEqual(await cluster.wanted(), before);
    });

    it("ends with 0 for the account of docs/drift-role.yaml too, which may change nothing", async () => {
        assert.deepEqual(await asAccount(findings), { exitCode: 0, found: [] });
        for (const namespace of [NAMESPACE, "wikifunctions-apparmor", "default"]) {
            const rights = (await execa("kubectl", ["auth", "can-i", "--list", "--no-headers", "--namespace", namespace], { env: { ...env, KUBECONFIG: account } })).stdout.split("\n");
            // What everybody may ask about themselves, and, since 1.37, what every service account may read.
            const verbs = rights.filter((line) => !/^(selfsubject|clustertrustbundles\.certificates\.k8s\.io )/.test(line)).flatMap((line) => /\[([^\]]*)\]$/.exec(line)?.[1]?.split(" ") ?? [line]);
            assert.deepEqual([...new Set(verbs)].filter((verb) => !["get", "list"].includes(verb)), []);
            assert.equal(rights.some((line) => /^\*/.test(line)), namespace !== "default");
        }
        for (const args of [["create", "configmap", "attempt", ...IN], ["create", "configmap", "attempt", "--dry-run=server", ...IN], lua(PATCH), ["delete", "networkpolicy", "default-deny", ...IN], ["get", "secrets", "--namespace", "kube-system"]]) {
            const { exitCode, stderr } = await execa("kubectl", args, { env: { ...env, KUBECONFIG: account }, reject: false });
            assert.notEqual(exitCode, 0, args.join(" "));
            assert.match(stderr, /forbidden/i, args.join(" "));
        }
    });

    describe("ends with 1 after", () => {
        let result: Awaited<ReturnType<typeof findings>>;
        before(async () => {
            for (const { command, input } of HANDS) {
                await execa("kubectl", command, { env: cluster.env, ...(input === undefined ? {} : { input: JSON.stringify(input) }) });
            }
            const state = await pulumi("stack", "export", "--stack", "local");
            result = await findings();
            assert.equal((await pulumi("stack", "export", "--stack", "local")).stdout, state.stdout, "the state was written");
        });

        for (const { what, finding, detail } of HANDS) {
            it(`${what}, and names it`, () => {
                assert.equal(result.exitCode, 1);
                const found = result.found.filter((each) => each.what === finding.what && each.subject === finding.subject);
                assert.equal(found.length, 1, JSON.stringify(result.found));
                assert.ok(detail === undefined || found[0]?.details.some((each) => detail.test(each)), JSON.stringify(found));
            });
        }

        it("the same for the account of docs/drift-role.yaml", async () => {
            assert.deepEqual(await asAccount(findings), result);
        });

        it("nothing else", () => {
            assert.equal(result.found.length, HANDS.length, JSON.stringify(result.found));
        });
    });

    // A suite in itself, as mocha runs tests before the suites beside them.
    describe("ends with 0 again", () => {
        it("once all that is taken back", async () => {
            const kubectl = (...args: readonly string[]) => cluster.kubectl(...args);
            await kubectl(...lua(BACK));
            await kubectl("label", "namespace", NAMESPACE, "extra-");
            await kubectl("delete", "networkpolicy", "open", "--namespace", NAMESPACE, "--ignore-not-found");
            await kubectl("delete", "configmap", "foreign", "--namespace", "wikifunctions-apparmor", "--ignore-not-found");
            await kubectl("delete", "clusterrolebinding", "power", "--ignore-not-found");
            await pulumi("up", "--stack", "local", "--yes", "--skip-preview", "--refresh", "--policy-pack", "policy");
            assert.deepEqual(await findings(), { exitCode: 0, found: [] });
        });
    });

    describe("finds an object that was imported, which no preview has judged", () => {
        const OURS = "urn:pulumi:local::wikifunctions::";
        const POLICY = "kubernetes:networking.k8s.io/v1:NetworkPolicy";

        before(async () => {
            await execa("kubectl", ["create", "--filename=-"], { env: cluster.env, input: JSON.stringify(OPEN) });
            await pulumi("import", POLICY, "imported", `${NAMESPACE}/open`, "--stack", "local", "--yes", "--skip-preview", "--protect=false", "--generate-code=false", "--provider", `cluster=${OURS}pulumi:providers:kubernetes::cluster`);
        });

        after(async () => {
            await pulumi("state", "delete", `${OURS}${POLICY}::imported`, "--stack", "local", "--yes");
            await cluster.kubectl("delete", "networkpolicy", "open", "--namespace", NAMESPACE);
        });

        it("as what the state has and no rule lets pass", async () => {
            const { exitCode, found } = await findings();
            assert.equal(exitCode, 1);
            const told = found.map(({ what, subject }) => `${what} ${subject}`);
            assert.ok(told.includes(`removed NetworkPolicy ${NAMESPACE}/open`) && told.includes("state approved-objects"), told.join("\n"));
            assert.ok(told.some((each) => each.endsWith(" network-edges")), told.join("\n"));
        });

        it("with plain pulumi policy analyze too", async () => {
            const { exitCode, stdout } = await execa("pulumi", ["policy", "analyze", "--stack", "local", "--policy-pack", "policy", "--non-interactive"], { cwd: copy, env, reject: false });
            assert.notEqual(exitCode, 0);
            assert.match(stdout, /\[mandatory\].*each-resource.*NetworkPolicy: imported/);
        });
    });

    it("lets pass with plain pulumi policy analyze what the program has deployed", async () => {
        const { stdout } = await pulumi("policy", "analyze", "--stack", "local", "--policy-pack", "policy");
        assert.match(stdout, /✅ wikifunctions/);
    });

    it("ends with 2 where the preview fails, in Pulumi's words", async () => {
        const { exitCode, stdout, stderr } = await drift("nosuch");
        assert.deepEqual([exitCode, stdout], [2, ""]);
        assert.match(stderr, /no stack named 'nosuch' found/);
    });
});
