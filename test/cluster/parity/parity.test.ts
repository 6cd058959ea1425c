import assert from "node:assert/strict";
import { skip } from "../../missing";
import { Course } from "./course";
import { edit, type Edits } from "./edits";
import changes from "./fixtures/changes.json";
import inputs from "./fixtures/inputs.json";
import { end, lifecycle } from "./lifecycle";
import { neutral } from "./normal";
import { MISSING } from "./official";
import type { Properties } from "../../project";
import { Setting } from "./setting";
import { trouble } from "./trouble";

interface Case {
    readonly object: string;
    /** What the program says differently. */
    readonly program?: Edits;
    /** What is different in the cluster, after a refresh. */
    readonly cluster?: Edits;
    readonly ignoreChanges?: string[];
}

const BASES = changes.objects as Record<string, Properties>;
const CASES = changes.cases as Case[];

describe("the small Kubernetes provider, compared with the official one", function () {
    this.timeout(600_000);
    let setting: Setting;

    before(async function () {
        setting = await Setting.start() ?? skip(this, MISSING.what, MISSING.missing, MISSING.remedy);
    });

    after(async () => {
        // Unset where the suite is skipped.
        await (setting as Setting | undefined)?.stop();
    });

    describe("takes inputs the same way", () => {
        for (const [index, object] of (inputs as Properties[]).entries()) {
            it(`${String(object["kind"])} ${index}, and what the API server would make of it`, async () => {
                const { official, small } = setting.plugins;
                const [expected, checked] = [await official.check(object), await small.check(object)].map((said) => neutral(said));
                assert.deepEqual(checked, expected);
                if (checked !== undefined && !("refusal" in checked)) {
                    const [wanted, made] = [await official.preview(checked), await small.preview(checked)].map((said) => neutral(said));
                    assert.deepEqual(made, wanted);
                }
            });
        }
    });

    describe("finds the same differences", () => {
        for (const { object: name, program, cluster, ignoreChanges } of CASES) {
            const what = [program === undefined ? [] : [`program ${JSON.stringify(program)}`], cluster === undefined ? [] : [`cluster ${JSON.stringify(cluster)}`], ignoreChanges === undefined ? [] : [`but ${ignoreChanges.join()}`]].flat();
            it(`${name}: ${what.join(", ") || "nothing"}`, async () => {
                const { official, small } = setting.plugins;
                const base = BASES[name] ?? {};
                const olds = await official.check(base);
                const state = edit(await official.preview(olds), cluster);
                assert.ok("__inputs" in state, JSON.stringify(state));
                const news = edit(base, program);
                const [expected, found] = await Promise.all([official, small].map(async (plugin) => plugin.diff("a", state, await plugin.check(news, olds), ignoreChanges)));
                assert.deepEqual(found, expected);
            });
        }
    });

    describe("leads the same programs to the same ends", function () {
        this.bail(true);
        let course: Course;
        before(() => { course = new Course(setting); });
        lifecycle(() => course);
        trouble(() => course);
        end(() => course);
    });
});
