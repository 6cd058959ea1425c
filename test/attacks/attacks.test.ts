import assert from "node:assert/strict";
import path from "node:path";
import { REPOSITORY } from "../../lab/paths";
import { NodeSetting } from "../node/setting";
import { Arena } from "./arena";
import { ATTACKS, type Attack } from "./attack";
import { batches } from "./batches";
import type { Outcome } from "./outcome";
import { readResults, writeResults, type Result } from "./results";
import { attacksTable } from "./table";

/** What all runs have found so far, each attack as it was seen last. */
const RESULTS_FILE = path.join(REPOSITORY, ".lab/attacks.json");
/** Milliseconds for one request on a node without KVM, with the start of pods and of what it brought down. */
const PATIENCE = 900_000;

describe("attacks", function () {
    this.timeout(PATIENCE);
    let setting: NodeSetting;
    let arena: Arena;

    before(async function () {
        setting = await NodeSetting.get(this);
        await Arena.clear(setting);
        arena = await Arena.open(setting);
    });

    after(async () => {
        await (arena as Arena | undefined)?.close();
        console.log(attacksTable(readResults(RESULTS_FILE)));
    });

    for (const [measure, attacks] of ATTACKS) {
        describe(measure, () => {
            for (const batch of batches(measure, attacks)) {
                describe(`in ${batch[0]?.language ?? ""}`, () => { judge(measure, batch, () => arena); });
            }
        });
    }

    // In a suite of its own, as mocha runs a suite's own tests before its suites.
    describe("after all of them", () => {
        it("leave the node Ready, and the evaluators at work", async () => {
            assert.equal(await setting.kubectl("get", "nodes", "--output", "jsonpath={.items[*].status.conditions[?(@.type==\"Ready\")].status}"), "True");
            await setting.kubectl("wait", "--for=condition=Available", "deployment", "--all", "--namespace", "wikifunctions", `--timeout=${PATIENCE / 2000}s`);
        });
    });
});

/** Attacks that go in one request: to the sandbox, to a pod without measures, and to one for each measure that is said to stop some of them alone. */
function judge(measure: string, batch: readonly Attack[], arena: () => Arena): void {
    const seen = new Map<string, ReadonlyMap<string, Outcome>>();
    const language = batch[0]?.language ?? "python";
    let throttled = NaN;
    const apart = (attack: Attack): readonly string[] => attack.language === "python" ? attack.stoppedBy : [];
    const end = (where: string, { id }: Attack): Outcome => seen.get(where)?.get(id) ?? { end: "broken", how: "not run" };

    before(async () => {
        throttled = measure === "cpu" ? await arena().throttled(language) : NaN;
        // One after another: several at once would run into the evaluators' time limit.
        for (const where of ["sandbox", "control", ...new Set(batch.flatMap(apart))]) {
            seen.set(where, await arena().run(where, batch.filter((attack) => ["sandbox", "control", ...apart(attack)].includes(where))));
        }
        writeResults(RESULTS_FILE, batch.map((attack): Result => ({
            measure,
            id: attack.id,
            language,
            tries: attack.tries,
            stopped: end("sandbox", attack).end === "stopped" ? end("sandbox", attack).how : "",
            alone: apart(attack).filter((each) => end(each, attack).end === "stopped"),
            control: end("control", attack).end,
        })));
    });

    for (const attack of batch) {
        it(`stop ${attack.id}, which tries ${attack.tries}`, () => {
            const shown = (where: string): string => `${where}: ${Object.values(end(where, attack)).join(", ")}`;
            assert.equal(end("control", attack).end, "reached", `it proves nothing; ${shown("control")}`);
            assert.equal(end("sandbox", attack).end, "stopped", shown("sandbox"));
            assert.deepEqual(apart(attack).filter((each) => end(each, attack).end !== "stopped").map(shown), []);
        });
    }

    if (measure === "cpu") {
        it(`throttle the evaluator of ${language}`, async () => { assert.ok(await arena().throttled(language) > throttled); });
    }
}
