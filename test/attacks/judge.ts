import assert from "node:assert/strict";
import { step } from "../../cli/progress";
import { together } from "../../cli/together";
import type { Arena } from "./arena";
import type { Attack, Language } from "./attack";
import { NOT_TRIED, type Outcome } from "./outcome";
import { needsItAlone, shownAlone, trialsOf, type Attacks, type Trial } from "./requests";
import { writeResults } from "./results";

/** Requests that a node can have at the same time: it has two processors, and who tries to use up what there is needs both. */
const atOnce = (attacks: readonly Attack[]): number => attacks.some(needsItAlone) ? 1 : 2;

interface Throttled {
    readonly before: number;
    readonly after: number;
}

/** Attacks that are sent along with each other: each in the sandbox, where nothing stops it, and where one measure alone is said to. */
export function judge(group: Attacks, arena: () => Arena): void {
    const attacks = [...group.values()].flat();
    /** By the attack's id, then by where it was tried. */
    const seen = new Map(attacks.map(({ id }) => [id, new Map<string, Outcome>()]));
    /** How often the node throttled the sandbox. */
    const throttled = new Map<Language, Throttled>();
    const end = (where: string, { id }: Attack): Outcome => seen.get(id)?.get(where) ?? NOT_TRIED;

    const run = async ({ where, language, batches }: Trial): Promise<void> => {
        const counted = group.has("cpu") && where === "sandbox";
        const before = counted ? await arena().throttled(language) : NaN;
        for (const batch of batches) {
            (await arena().run(where, batch)).forEach((outcome, id) => seen.get(id)?.set(where, outcome));
        }
        if (counted) {
            throttled.set(language, { before, after: await arena().throttled(language) });
        }
    };

    before(async () => {
        const trials = trialsOf(attacks);
        await step(`attacks on ${[...group.keys()].join(", ")}`, async () => {
            // Before the first request: a node that is busy with pods runs what is tried into the time limit.
            await arena().make(trials.map(({ where }) => where).filter((where) => where !== "sandbox"));
            await together(atOnce(attacks), trials, run);
        });
        writeResults(attacks.map((attack) => ({
            id: attack.id,
            stopped: end("sandbox", attack).end === "stopped" ? end("sandbox", attack).how : "",
            alone: shownAlone(attack).filter((each) => end(each, attack).end === "stopped"),
            control: end("control", attack).end,
        })));
    });

    for (const [measure, its] of group) {
        describe(measure, () => {
            for (const attack of its) {
                it(`stop ${attack.id}, which tries ${attack.tries}, in ${attack.language}`, () => {
                    const shown = (where: string): string => `${where}: ${Object.values(end(where, attack)).join(", ")}`;
                    assert.equal(end("control", attack).end, "reached", `it proves nothing; ${shown("control")}`);
                    assert.equal(end("sandbox", attack).end, "stopped", shown("sandbox"));
                    assert.deepEqual(shownAlone(attack).filter((each) => end(each, attack).end !== "stopped").map(shown), []);
                });
            }
        });
    }

    if (group.has("cpu")) {
        it("throttle the evaluators", () => {
            assert.deepEqual([...throttled.keys()].sort(), [...new Set(attacks.map(({ language }) => language))].sort());
            throttled.forEach(({ before, after }, language) => { assert.ok(after > before, language); });
        });
    }
}
