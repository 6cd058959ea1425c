import assert from "node:assert/strict";
import { Lab } from "../cluster/lab/lab";
import { until } from "../lab/support";
import { skipWithoutNode, whyNone } from "./available";

/** Of etcd, API server, controller manager, scheduler and the node. */
const PROCESSES = 5;

describe("a start with a node that is cut off while the node boots", function () {
    this.timeout(900_000);
    let lab: Lab;

    before(async function () {
        const missing = await whyNone();
        if (missing !== undefined) {
            skipWithoutNode(this, "starts of a node that are cut off", missing);
        }
        lab = await Lab.create();
    });

    after(() => (lab as Lab | undefined)?.remove());

    /** Starts, and ends the start with a signal to its whole process group as soon as the node runs. @returns what is left */
    async function cutOff(signal: NodeJS.Signals): Promise<string[]> {
        const start = lab.command("npm", ["start", "--", "--node"], { detached: true, cleanup: false });
        await until("the node boots", async () => (await lab.state().catch(() => undefined))?.processes.length === PROCESSES, 800_000);
        process.kill(-(start.pid ?? 0), signal);
        await start;
        return (await lab.leftovers()).filter((left) => !/^file (bin|cluster|pulumi)$/.test(left));
    }

    it("by Ctrl-C leaves no process and no socket", async () => {
        assert.deepEqual(await cutOff("SIGINT"), []);
    });

    it("by a crash leaves nothing that npm stop doesn't remove", async () => {
        assert.ok((await cutOff("SIGKILL")).some((left) => left.includes("qemu")));
        assert.equal((await lab.stop()).exitCode, 0);
        assert.deepEqual(await lab.leftovers(), []);
    });
});
