import assert from "node:assert/strict";
import type { Context } from "mocha";
import { TestCluster } from "../cluster";
import type { Edit } from "../../../evidence/edit";
import { standInForNode } from "../node";
import { Program } from "../program";
import type { History } from "./events";
import { Recording } from "./recording";

/** What `pulumi up` is called with; the stack's file and the program decide the rest. */
export const UP = ["up", "--stack", "local", "--policy-pack", "policy", "--yes", "--skip-preview"] as const;
/** As on any cluster that has nodes. */
const WAITING: Edit = { file: "Pulumi.local.yaml", from: "waitForRollouts: false", to: "waitForRollouts: true" };

/** The stack `local` on an embedded cluster of its own with the stand-in for a node, to be updated while it is recorded. */
export class Deployed {
    private constructor(readonly cluster: TestCluster, readonly program: Program, private readonly stopNode: () => Promise<void>) {}

    /**
     * Starts the cluster and makes the stack, and deploys nothing yet.
     * @param what needs it, in words for the user
     * @param starts whether an image starts
     */
    static async start(context: Context, what: string, starts?: (image: string) => boolean): Promise<Deployed> {
        const cluster = await TestCluster.start(context, what);
        const program = await Program.copy(cluster.env);
        const deployed = new Deployed(cluster, program, await standInForNode(cluster, starts));
        await program.edit(WAITING);
        await deployed.succeed("stack", "init", "local");
        return deployed;
    }

    async stop(): Promise<void> {
        await this.stopNode();
        await this.program.remove();
        await this.cluster.stop();
    }

    /** @returns what `pulumi` says */
    async succeed(...args: readonly string[]): Promise<string> {
        const { exitCode, output } = await this.program.pulumi(...args);
        assert.equal(exitCode, 0, output);
        return output;
    }

    up(): Promise<string> {
        return this.succeed(...UP);
    }

    /** What happens in the cluster while something is done. */
    async recorded(work: () => Promise<unknown>): Promise<History> {
        const recording = await Recording.start(this.cluster);
        try {
            await work();
        } catch (error) {
            await recording.stop().catch(() => undefined);
            throw error;
        }
        return recording.stop();
    }
}
