import assert from "node:assert/strict";
import type { Arena } from "./arena";
import { ATTACKS, type Attack } from "./attack";
import { ALONE } from "./batches";
import { NOT_TRIED, type Outcome } from "./outcome";
import { writeResults } from "./results";

/** Each request starts an interpreter on a kernel on an emulated processor, which takes far longer than an attack does. */
const IN_ONE_REQUEST = 30;

/** Python attacks in the sandboxed pod, but on gVisor: stopped there too, or what they reach is gVisor's own, and the data says so. */
export function judgeOnGvisor(arena: () => Arena): void {
    // Not the limits: the evaluator has its own on whatever kernel it runs, and the node's control groups are around all of gVisor's processes.
    const attacks = [...ATTACKS].filter(([measure]) => !ALONE.includes(measure)).flatMap(([, own]) => own).filter(({ language }) => language === "python");
    const seen = new Map<string, Outcome>();
    const end = ({ id }: Attack): Outcome => seen.get(id) ?? NOT_TRIED;

    before(async () => {
        await arena().make(["gvisor"]);
        for (let from = 0; from < attacks.length; from += IN_ONE_REQUEST) {
            (await arena().run("gvisor", attacks.slice(from, from + IN_ONE_REQUEST))).forEach((outcome, id) => seen.set(id, outcome));
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
