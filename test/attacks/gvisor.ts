import assert from "node:assert/strict";
import type { Arena } from "./arena";
import { ATTACKS, type Attack } from "./attack";
import { ALONE, batched } from "./batches";
import { NOT_TRIED, type Outcome } from "./outcome";
import { writeResults } from "./results";

/** Each request starts an interpreter on a kernel on an emulated processor, which takes far longer than an attack does. */
const IN_ONE_REQUEST = 30;

/** The evaluator keeps to it by itself, on whatever kernel; gVisor on an emulated processor would need most of it to start an interpreter. */
const UNTRIED = "time-limit";

/** Python attacks in the sandboxed pod, but on gVisor: stopped there too, or what they reach is gVisor's own, and the data says so. */
export function judgeOnGvisor(arena: () => Arena): void {
    const ofMeasures = [...ATTACKS].filter(([measure]) => measure !== UNTRIED).map(([measure, own]) => [measure, own.filter(({ language }) => language === "python")] as const);
    const attacks = ofMeasures.flatMap(([, own]) => own);
    const limits = ofMeasures.filter(([measure]) => ALONE.includes(measure)).flatMap(([, own]) => own);
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
