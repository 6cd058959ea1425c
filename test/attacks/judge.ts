import assert from "node:assert/strict";
import { together } from "../../lab/together";
import type { Arena } from "./arena";
import type { Attack } from "./attack";
import { NOT_TRIED, type Outcome } from "./outcome";
import { writeResults, type Result } from "./results";

/** Pods without a time limit that run their attacks at the same time: the node has two processors, and who tries to use more than one needs both. */
const podsAtOnce = (measure: string): number => measure === "cpu" ? 1 : 2;

/** Attacks that go in one request: to the sandbox, to a pod without measures, and to one for each measure that is said to stop some of them alone. */
export function judge(measure: string, batch: readonly Attack[], arena: () => Arena): void {
    const seen = new Map<string, ReadonlyMap<string, Outcome>>();
    const language = batch[0]?.language ?? "python";
    let throttled = NaN;
    const apart = (attack: Attack): readonly string[] => attack.language === "python" ? attack.stoppedBy : [];
    const end = (where: string, { id }: Attack): Outcome => seen.get(where)?.get(id) ?? NOT_TRIED;

    before(async () => {
        throttled = measure === "cpu" ? await arena().throttled(language) : NaN;
        const run = async (where: string): Promise<void> => {
            seen.set(where, await arena().run(where, batch.filter((attack) => ["sandbox", "control", ...apart(attack)].includes(where))));
        };
        await run("sandbox");
        await together(podsAtOnce(measure), ["control", ...new Set(batch.flatMap(apart))], run);
        writeResults(batch.map((attack): Partial<Result> & { id: string } => ({
            id: attack.id,
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
