import assert from "node:assert/strict";
import type { Arena } from "./arena";
import { ATTACKS, type Attack } from "./attack";
import { ALONE, batched } from "./batches";
import { NOT_TRIED, type Outcome } from "./outcome";
import { writeResults } from "./results";

/** Each request starts an interpreter on a kernel on an emulated processor, which takes far longer than an attack does. */
const IN_ONE_REQUEST = 30;

/** Longer than any request waits: the time limit is the evaluator's own, on whatever kernel, and each process costs gVisor on an emulated processor a good part of a second. */
const UNTRIED: readonly string[] = ["deaf-sleep", "endless-loop-python", "fork-bomb", "daemon-bomb"];

/** Python attacks in the sandboxed pod, but on gVisor: stopped there too, or what they reach is gVisor's own, and the data says so. */
export function judgeOnGvisor(arena: () => Arena): void {
    const attacks = [...ATTACKS.values()].flat().filter(({ id, language }) => language === "python" && !UNTRIED.includes(id));
    const limits = attacks.filter(({ stoppedBy: [measure = ""] }) => ALONE.includes(measure));
    const seen = new Map<string, Outcome>();
    const end = ({ id }: Attack): Outcome => seen.get(id) ?? NOT_TRIED;

    before(async () => {
        await arena().make(["gvisor"]);
        for (const batch of [...batched(attacks.filter((attack) => !limits.includes(attack)), IN_ONE_REQUEST), ...batched(limits, 1)]) {
            (await arena().run("gvisor", batch)).forEach((outcome, id) => seen.set(id, outcome));
        }
        writeResults(attacks.map((attack) => ({ id: attack.id, gvisor: end(attack).end })));
    });

    for (const attack of attacks) {
        const { id, tries, onGvisor } = attack;
        it(onGvisor === undefined ? `stop ${id}, which tries ${tries}` : `don't stop ${id}, which tries ${tries}: ${onGvisor}`, () => {
            assert.equal(end(attack).end, onGvisor === undefined ? "stopped" : "reached", end(attack).how);
        });
    }
}
