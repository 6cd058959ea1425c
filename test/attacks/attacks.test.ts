import assert from "node:assert/strict";
import { seconds } from "../../cli/progress";
import { attacksNow } from "../../evidence/attacks";
import { NodeSetting } from "../node/setting";
import { Arena } from "./arena";
import { ATTACKS } from "./attack";
import { judgeOnGvisor } from "./gvisor";
import { judge } from "./judge";
import { groups } from "./requests";
import { readResults } from "./results";
import { seenIn, writeAttacks } from "./seen";
import { attacksTable } from "./table";

/** Milliseconds for one request on a node without KVM, with the start of pods and of what it brought down. */
const PATIENCE = 900_000;

describe("attacks", function () {
    this.timeout(PATIENCE);
    let setting: NodeSetting;
    let arena: Arena;
    /** When the node stood there with the stack. */
    let started: number;

    before(async function () {
        setting = await NodeSetting.get(this);
        started = Date.now();
        await Arena.clear(setting);
        arena = await Arena.open(setting);
    });

    after(async () => {
        // Unset where the suite is skipped.
        if ((arena as Arena | undefined) === undefined) {
            return;
        }
        await arena.close();
        const seen = seenIn(readResults());
        console.log(`All attacks, without the node's start: ${seconds(started)}\n${attacksTable(seen)}`);
        if (process.env["WRITE_ATTACKS"] !== undefined) {
            writeAttacks(seen);
        }
    });

    for (const group of groups(ATTACKS)) {
        describe("in the sandboxed pod", () => { judge(group, () => arena); });
    }

    describe("on gVisor", () => { judgeOnGvisor(() => arena); });

    describe("as a whole", () => {
        it("end as README.md and docs/gvisor.md say", () => {
            const withoutWords = seenIn(readResults()).map((seen) => ({ ...seen, stopped: seen.stopped !== "" }));
            assert.deepEqual(withoutWords, attacksNow().map((seen) => ({ ...seen, stopped: seen.stopped !== "" })), "WRITE_ATTACKS=1 npm run test:node writes evidence/attacks.json, and npm run docs the rest");
        });
    });

    // In a suite of its own, as mocha runs a suite's own tests before its suites.
    describe("after all of them", () => {
        it("leave the node Ready, and the evaluators at work", async () => {
            assert.equal(await setting.kubectl("get", "nodes", "--output", "jsonpath={.items[*].status.conditions[?(@.type==\"Ready\")].status}"), "True");
            await setting.kubectl("wait", "--for=condition=Available", "deployment", "--all", "--namespace", "wikifunctions", `--timeout=${PATIENCE / 2000}s`);
            const pods = (await setting.kubectl("get", "pods", "--namespace", "wikifunctions", "--output", "name")).split("\n").map((name) => name.replace("pod/", ""));
            for (const pod of pods.filter((name) => name.startsWith("evaluator-python"))) {
                assert.equal(await setting.evaluate(pod, "print('ok')"), "ok", pod);
            }
        });
    });
});
