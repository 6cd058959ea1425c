import assert from "node:assert/strict";
import type { Context } from "mocha";
import { TestCluster } from "./cluster";
import { standInForNode } from "./node";
import { deployedByAdministrator, Program, type Outcome } from "./program";

const PACK = ["--policy-pack", "policy"] as const;

/** What each stack runs, and what its file says of the cluster that differs here, beside its deployer. */
const STACKS = {
    local: { kubeContext: undefined, isProtected: false, deployments: { orchestrator: 2, "evaluator-python": 2, "evaluator-javascript": 1, "evaluator-lua": 1 } },
    staging: { kubeContext: "staging", isProtected: true, deployments: { orchestrator: 1, "evaluator-python": 1, "evaluator-javascript": 1 } },
    production: { kubeContext: "production", isProtected: true, deployments: { orchestrator: 2, "evaluator-python": 4, "evaluator-javascript": 4 } },
} as const;

interface Deployment {
    readonly kind: string;
    readonly metadata: { readonly name: string; readonly namespace: string };
    readonly spec: { readonly replicas: number };
}

function succeeded({ exitCode, output }: Outcome): string {
    assert.equal(exitCode, 0, output);
    return output;
}

describe("pulumi with the policy pack, on the embedded cluster", function () {
    this.timeout(600_000);
    let cluster: TestCluster;
    let program: Program;

    async function start(this: Context): Promise<void> {
        cluster = await TestCluster.start(this, "deployments to the embedded cluster");
        program = await Program.copy(cluster.env);
    }

    async function stop(): Promise<void> {
        // Unset where the suite is skipped.
        await (program as Program | undefined)?.remove();
        await (cluster as TestCluster | undefined)?.stop();
    }

    for (const [stack, { kubeContext, isProtected, deployments }] of Object.entries(STACKS)) {
        describe(stack, () => {
            let stopNode: (() => Promise<void>) | undefined;

            // A cluster each: the API server goes on with the parameters of admission policies that were destroyed when others take their names.
            before(start);
            after(() => stopNode?.());
            after(stop);
            before(async () => {
                if (kubeContext !== undefined) {
                    await program.edit(
                        { file: `Pulumi.${stack}.yaml`, from: `kubeContext: ${kubeContext}`, to: "kubeContext: wikifunctions-lab" },
                        { file: `Pulumi.${stack}.yaml`, from: "clusterId: 00000000-0000-0000-0000-000000000000", to: `clusterId: ${await cluster.uid()}` },
                        ...deployedByAdministrator(stack),
                    );
                }
                stopNode = kubeContext === undefined ? () => Promise.resolve() : await standInForNode(cluster);
                succeeded(await program.pulumi("stack", "init", stack));
            });

            it("is deployed by pulumi up", async () => {
                succeeded(await program.pulumi("up", "--stack", stack, "--yes", ...PACK));
                const found = await cluster.list<Deployment>("deployments");
                assert.deepEqual(Object.fromEntries(found.map(({ metadata, spec }) => [metadata.name, spec.replicas])), deployments);
            });

            it("has nothing to do in a second preview", async () => {
                const output = succeeded(await program.pulumi("preview", "--stack", stack, "--expect-no-changes", ...PACK));
                assert.match(output, /✅ wikifunctions@/);
            });

            it("is what the cluster has, as pulumi refresh finds", async () => {
                succeeded(await program.pulumi("refresh", "--stack", stack, "--yes", "--expect-no-changes"));
            });

            if (isProtected) {
                it("is held against pulumi destroy by its protected measures, until somebody takes the protection away", async () => {
                    const { exitCode, output } = await program.pulumi("destroy", "--stack", stack, "--yes");
                    assert.notEqual(exitCode, 0, output);
                    assert.match(output, /protected/);
                    succeeded(await program.pulumi("state", "unprotect", "--all", "--stack", stack, "--yes"));
                });
            }

            it("goes with pulumi destroy", async () => {
                succeeded(await program.pulumi("destroy", "--stack", stack, "--yes"));
                const left = Object.keys(await cluster.wanted()).filter((name) => /wikifunctions/.test(name));
                assert.deepEqual(left, []);
            });
        });
    }

    describe("a wrong configuration", () => {
        before(start);
        after(stop);
        before(() => program.pulumi("stack", "init", "local"));
        const wrong = { file: "Pulumi.local.yaml", from: "timeoutMs: 9700", to: "timeoutMs: 0\n    timeoutMilliseconds: 9700" };
        before(() => program.edit(wrong));

        it("stops before anything is contacted, in lines that name key, value and what is allowed", async () => {
            const output = await refused();
            assert.match(output, /wikifunctions:orchestrator\.timeoutMs is 0; allowed: /);
            assert.match(output, /wikifunctions:orchestrator\.timeoutMilliseconds is not a known key; allowed: /);
            assert.match(output, /so nothing was contacted/);
        });
    });

    describe("a profile with a syntax error", () => {
        before(start);
        after(stop);
        before(() => program.pulumi("stack", "init", "local"));
        const wrong = { file: "infra/apparmor/profiles/abstractions/evaluator", from: "/srv/interpreters/{,**} r,", to: "/srv/interpreters/{,**} r" };
        before(() => program.edit(wrong));

        it("stops in one line that names the file and the line", async () => {
            assert.match(await refused(), /AppArmor profile abstractions\/evaluator, line \d+: a rule has to end in a comma: "\/srv\/interpreters/);
        });
    });

    /** What a preview says that fails for the program's own reasons, without a stack trace. */
    async function refused(): Promise<string> {
        const { exitCode, output } = await program.pulumi("preview", "--stack", "local", ...PACK);
        assert.notEqual(exitCode, 0, output);
        assert.doesNotMatch(output, /\bat .*\.ts:\d+/);
        return output;
    }
});
