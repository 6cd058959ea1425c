import assert from "node:assert/strict";
import type { Arena } from "./arena";
import { ATTACKS, type Attack } from "./attack";
import { ALONE } from "./batches";
import type { Outcome } from "./outcome";
import { writeResults } from "./results";

/** Each request starts an interpreter on a kernel on an emulated processor, which takes far longer than an attack does. */
const IN_ONE_REQUEST = 20;
/** The evaluator's own, whatever kernel it runs on, and those of the node's control groups around all of gVisor's processes. */
const LIMITS = ALONE;

/** Python attacks in the sandboxed pod, but on gVisor: stopped there too, or what they reach is gVisor's own, and the data says so. */
export function judgeOnGvisor(arena: () => Arena): void {
    const attacks = [...ATTACKS].filter(([measure]) => !LIMITS.includes(measure)).flatMap(([, own]) => own).filter(({ language }) => language === "python");
    const seen = new Map<string, Outcome>();
    const end = ({ id }: Attack): Outcome => seen.get(id) ?? { end: "broken", how: "not run" };

    before(async () => {
        await arena().make(["gvisor"], ["python"]);
        for (const request of inGroups(attacks)) {
            (await arena().run("gvisor", request)).forEach((outcome, id) => seen.set(id, outcome));
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

function inGroups(attacks: readonly Attack[]): Attack[][] {
    return attacks.length === 0 ? [] : [attacks.slice(0, IN_ONE_REQUEST), ...inGroups(attacks.slice(IN_ONE_REQUEST))];
}
