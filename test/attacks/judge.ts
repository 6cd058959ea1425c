import assert from "node:assert/strict";
import { together } from "../../lab/together";
import type { Arena } from "./arena";
import type { Attack, Language } from "./attack";
import { batches, type Batch } from "./batches";
import { NOT_TRIED, type Outcome } from "./outcome";
import { writeResults, type Result } from "./results";

/** Requests that a node can have at the same time: it has two processors, and who tries to use more than one needs both. */
const atOnce = (measure: string): number => measure === "cpu" ? 1 : 2;

/** Measures that are said to stop an attack alone, and have a pod to show it. */
const apart = ({ language, stoppedBy }: Attack): readonly string[] => language === "python" ? stoppedBy : [];

/** The attacks on one measure: each in the sandbox, where nothing stops it, and where one measure alone is said to. */
export function judge(measure: string, attacks: readonly Attack[], arena: () => Arena): void {
    /** By the attack's id, then by where it was tried. */
    const seen = new Map(attacks.map(({ id }) => [id, new Map<string, Outcome>()]));
    const throttled = new Map<Language, { readonly before: number; readonly after: number }>();
    const end = (where: string, { id }: Attack): Outcome => seen.get(id)?.get(where) ?? NOT_TRIED;

    const run = async (batch: Batch): Promise<void> => {
        const [{ language }] = batch;
        const tryIn = async (where: string): Promise<void> => {
            const outcomes = await arena().run(where, batch.filter((attack) => ["sandbox", "control", ...apart(attack)].includes(where)));
            outcomes.forEach((outcome, id) => seen.get(id)?.set(where, outcome));
        };
        const before = measure === "cpu" ? await arena().throttled(language) : NaN;
        await tryIn("sandbox");
        if (measure === "cpu") {
            throttled.set(language, { before, after: await arena().throttled(language) });
        }
        await together(atOnce(measure), ["control", ...new Set(batch.flatMap(apart))], tryIn);
        writeResults(batch.map((attack): Partial<Result> & { id: string } => ({
            id: attack.id,
            stopped: end("sandbox", attack).end === "stopped" ? end("sandbox", attack).how : "",
            alone: apart(attack).filter((each) => end(each, attack).end === "stopped"),
            control: end("control", attack).end,
        })));
    };

    before(async () => {
        await arena().make(["control", ...new Set(attacks.flatMap(apart))]);
        // One language has one request at a time in the same pod.
        await together(atOnce(measure), batches(measure, attacks), (ofLanguage) => together(1, ofLanguage, run));
    });

    for (const attack of attacks) {
        it(`stop ${attack.id}, which tries ${attack.tries}, in ${attack.language}`, () => {
            const shown = (where: string): string => `${where}: ${Object.values(end(where, attack)).join(", ")}`;
            assert.equal(end("control", attack).end, "reached", `it proves nothing; ${shown("control")}`);
            assert.equal(end("sandbox", attack).end, "stopped", shown("sandbox"));
            assert.deepEqual(apart(attack).filter((each) => end(each, attack).end !== "stopped").map(shown), []);
        });
    }

    if (measure === "cpu") {
        it("throttle the evaluators", () => {
            assert.deepEqual([...throttled.keys()].sort(), [...new Set(attacks.map(({ language }) => language))].sort());
            throttled.forEach(({ before, after }, language) => { assert.ok(after > before, language); });
        });
    }
}
