import assert from "node:assert/strict";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { parse, stringify } from "yaml";
import { TestCluster } from "./cluster";
import { violationOf } from "./guarded";
import { standInForNode } from "./node";
import { deployedByAdministrator, Program, type Outcome } from "./program";

const STACKS = ["staging", "production"] as const;
type Stack = (typeof STACKS)[number];
const PACK = ["--policy-pack", "policy"] as const;
const REPLICAS = {
    staging: { "orchestrator": 1, "evaluator-python": 1, "evaluator-javascript": 1 },
    production: { "orchestrator": 2, "evaluator-python": 4, "evaluator-javascript": 4 },
};

interface Kubeconfig {
    clusters: { name: string }[];
    users: { name: string }[];
    contexts: { name: string; context: object }[];
}

describe("two environments from one program, on two embedded clusters", function () {
    this.timeout(600_000);
    let folder: string;
    let clusters: Record<Stack, TestCluster>;
    let program: Program;
    let stopNode: () => Promise<unknown> = () => Promise.resolve();

    /** One kubeconfig for both, in which each stack's context leads to the cluster of a stack. */
    const contexts = async (leads: Record<Stack, Stack>): Promise<void> => {
        const [first, second] = await Promise.all(STACKS.map(async (stack) => parse(await readFile(clusters[stack].env.KUBECONFIG, "utf8")) as Kubeconfig));
        const part = (config: Kubeconfig | undefined, stack: Stack, kind: "clusters" | "users") => ({ ...config?.[kind][0], name: stack });
        await writeFile(path.join(folder, ".kube/config"), stringify({
            apiVersion: "v1",
            kind: "Config",
            clusters: [part(first, "staging", "clusters"), part(second, "production", "clusters")],
            users: [part(first, "staging", "users"), part(second, "production", "users")],
            contexts: STACKS.map((name) => ({ name, context: { cluster: leads[name], user: leads[name] } })),
        }));
    };
    const pulumi = async (command: string, stack: Stack, ...args: readonly string[]): Promise<Outcome> => program.pulumi(command, "--stack", stack, ...PACK, ...args);
    const succeed = async (outcome: Promise<Outcome>): Promise<string> => {
        const { exitCode, output } = await outcome;
        assert.equal(exitCode, 0, output);
        return output;
    };
    const wanted = () => Promise.all(STACKS.map((stack) => clusters[stack].wanted()));

    before(async function () {
        clusters = { staging: await TestCluster.start(this, "two environments"), production: await TestCluster.start(this, "two environments") };
        folder = await mkdtemp(path.join(tmpdir(), "wikifunctions-environments-"));
        await mkdir(path.join(folder, ".kube"));
        await contexts({ staging: "staging", production: "production" });
        // At its usual place.
        program = await Program.copy({ ...clusters.staging.env, KUBECONFIG: "", HOME: folder });
        const stops = await Promise.all(STACKS.map((stack) => standInForNode(clusters[stack])));
        stopNode = () => Promise.all(stops.map((stop) => stop()));
        for (const stack of STACKS) {
            await program.edit(...deployedByAdministrator(stack));
            await succeed(program.pulumi("stack", "init", stack));
        }
    });

    after(async () => {
        // Unset where the suite is skipped.
        await stopNode();
        await (program as Program | undefined)?.remove();
        for (const cluster of Object.values((clusters as typeof clusters | undefined) ?? {})) {
            await cluster.stop();
        }
        if ((folder as string | undefined) !== undefined) {
            await rm(folder, { recursive: true, force: true });
        }
    });

    it("are refused until each stack file has its cluster's identity", async () => {
        const { exitCode, output } = await pulumi("preview", "staging");
        assert.notEqual(exitCode, 0, output);
        assert.match(output, /wikifunctions:clusterId is "0{8}-0000-0000-0000-0{12}", which is not the cluster of the context "staging"; allowed: "/);
        for (const stack of STACKS) {
            await succeed(program.pulumi("config", "set", "--stack", stack, "clusterId", await clusters[stack].uid()));
        }
    });

    it("deploy side by side", async () => {
        await Promise.all(STACKS.map((stack) => succeed(pulumi("up", stack, "--yes"))));
        for (const stack of STACKS) {
            const found = await clusters[stack].list<{ kind: string; metadata: { name: string }; spec: { replicas: number } }>("deployments");
            assert.deepEqual(Object.fromEntries(found.map(({ metadata, spec }) => [metadata.name, spec.replicas])), REPLICAS[stack]);
        }
    });

    it("are each held to their own posture", async () => {
        const file = path.join(program.directory, "Pulumi.staging.yaml");
        const before = await readFile(file, "utf8");
        try {
            // What production is approved to have.
            await succeed(program.pulumi("config", "set", "--stack", "staging", "--path", "orchestrator.replicas", "2"));
            const { exitCode, output } = await pulumi("preview", "staging");
            assert.notEqual(exitCode, 0, output);
            assert.match(output, violationOf("approved-objects"));
        } finally {
            await writeFile(file, before);
        }
        await succeed(pulumi("preview", "production", "--expect-no-changes"));
    });

    for (const command of ["preview", "up"]) {
        it(`refuse pulumi ${command} where a context leads to the other's cluster, before anything changes`, async () => {
            const before = await wanted();
            await contexts({ staging: "production", production: "production" });
            const { exitCode, output } = await pulumi(command, "staging", ...(command === "up" ? ["--yes", "--skip-preview"] : []));
            assert.notEqual(exitCode, 0, output);
            assert.match(output, new RegExp(`Nothing in the cluster was changed:\\s+wikifunctions:clusterId is "${await clusters.staging.uid()}", which is not the cluster of the context "staging"; allowed: "${await clusters.production.uid()}"`));
            assert.doesNotMatch(output, /\bat .*\.ts:\d+/);
            assert.deepEqual(await wanted(), before);

            await contexts({ staging: "staging", production: "production" });
            await succeed(pulumi("preview", "staging"));
        });
    }

    it("are refused where the posture names another context, or another cluster under it", async () => {
        const file = "policy/postures/staging.json";
        for (const to of ['"elsewhere"', '"staging",\n      "id": "00000000-0000-0000-0000-000000000001"']) {
            await program.edit({ file, from: '"staging"', to });
            const { exitCode, output } = await pulumi("preview", "staging");
            assert.notEqual(exitCode, 0, output);
            assert.match(output, violationOf("known-provider"));
            await program.edit({ file, from: to, to: '"staging"' });
        }
        await succeed(pulumi("preview", "staging"));
    });
});
