import assert from "node:assert/strict";
import { step } from "../../cli/progress";
import type { Arena } from "./arena";
import { ATTACKS, type Attack } from "./attack";
import { NOT_TRIED, type Outcome } from "./outcome";
import { trialsOf } from "./requests";
import { NOT_RUN, writeResults } from "./results";

/**
 * The time limit is the evaluator's own, on whatever kernel; each process costs gVisor on an emulated processor a good part of a second; and
 * memory near its limit is slow there, so that one attack on it, in four processes, has to do.
 */
const UNTRIED: readonly string[] = ["deaf-sleep", "endless-loop-python", "fork-bomb", "daemon-bomb", "memory-hog-python"];

/** Python attacks in the sandboxed pod, but on gVisor: stopped there too, or what they reach is gVisor's own, and the data says so. After all others: its kernel takes much of an emulated processor, even idle. */
export function judgeOnGvisor(arena: () => Arena): void {
    const all = [...ATTACKS.values()].flat().filter(({ language }) => language === "python");
    const attacks = all.filter(({ id }) => !UNTRIED.includes(id));
    const seen = new Map<string, Outcome>();
    const end = ({ id }: Attack): Outcome => seen.get(id) ?? NOT_TRIED;

    before(async () => {
        await step("attacks on gVisor", async () => {
            for (const batch of trialsOf(attacks, () => ["gvisor"]).flatMap(({ batches }) => batches)) {
                (await arena().run("gvisor", batch)).forEach((outcome, id) => seen.set(id, outcome));
            }
        });
        writeResults(all.map((attack) => ({ id: attack.id, gvisor: attacks.includes(attack) ? end(attack).end : NOT_RUN })));
    });

    for (const attack of attacks) {
        const { id, tries, onGvisor } = attack;
        it(onGvisor === undefined ? `stop ${id}, which tries ${tries}` : `don't stop ${id}, which tries ${tries}: ${onGvisor}`, () => {
            assert.equal(end(attack).end, onGvisor === undefined ? "stopped" : "reached", end(attack).how);
        });
    }
}
