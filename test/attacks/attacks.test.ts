import assert from "node:assert/strict";
import path from "node:path";
import { REPOSITORY } from "../../lab/paths";
import { skip } from "../missing";
import { Arena } from "./arena";
import { ATTACKS, LANGUAGES, type Attack } from "./attack";
import { readResults, writeResults, type Result } from "./results";
import { settingOf, type Setting } from "./setting";

const RESULTS_FILE = process.env["WIKIFUNCTIONS_TEST_ATTACKS"] ?? path.join(REPOSITORY, ".lab/attacks.json");
/** Milliseconds that one attack may take on a node without KVM, with restarts of what it brought down. */
const PATIENCE = 300_000;

describe("attacks", function () {
    this.timeout(PATIENCE);
    const results: Result[] = [];
    const before_: Record<string, number> = {};
    let setting: Setting;
    let arena: Arena | undefined;

    const opened = (): Arena => {
        assert.ok(arena !== undefined);
        return arena;
    };

    before(async function () {
        this.timeout(2 * PATIENCE);
        const kubeconfig = process.env["WIKIFUNCTIONS_TEST_KUBECONFIG"];
        if (kubeconfig === undefined) {
            skip(this, "the attack suite", "a node", "name a cluster with one in WIKIFUNCTIONS_TEST_KUBECONFIG");
        }
        setting = settingOf(kubeconfig);
        await Arena.clear(setting);
        arena = await Arena.open(setting);
        for (const language of LANGUAGES) {
            before_[language] = await arena.throttled(language);
        }
    });

    after(async function () {
        this.timeout(2 * PATIENCE);
        if (results.length > 0) {
            writeResults(RESULTS_FILE, results);
        }
        await arena?.close();
    });

    /** In the sandbox, in a pod without measures, and in one for each measure that is said to stop it alone. */
    async function tried(measure: string, attack: Attack): Promise<void> {
        const apart = attack.language === "python" ? attack.stoppedBy : [];
        const [sandbox, control, ...alone] = await Promise.all([opened().sandbox(attack), opened().control(attack), ...apart.map((each) => opened().only(each, attack))]);
        const { id, language, tries } = attack;
        results.push({ measure, id, language, tries, stopped: sandbox.how, alone: apart.filter((_, index) => alone[index]?.end === "stopped"), control: control.end });
        assert.equal(control.end, "reached", `unconfined, it proves nothing: ${control.end}, ${control.how}`);
        assert.equal(sandbox.end, "stopped", `sandboxed: ${sandbox.end}, ${sandbox.how}`);
        apart.forEach((each, index) => { assert.equal(alone[index]?.end, "stopped", `${each} alone: ${alone[index]?.end}, ${alone[index]?.how}`); });
    }

    for (const [measure, attacks] of ATTACKS) {
        describe(measure, () => {
            for (const attack of attacks) {
                it(`stops code that tries ${attack.tries} (${attack.id})`, () => tried(measure, attack));
            }
            if (measure === "cpu") {
                for (const { language } of attacks) {
                    it(`throttles the evaluator of ${language}`, async () => {
                        assert.ok(await opened().throttled(language) > (before_[language] ?? Infinity));
                    });
                }
            }
        });
    }

    it("leave the node Ready", async () => {
        assert.equal(await setting.kubectl("get", "nodes", "--output", "jsonpath={.items[*].status.conditions[?(@.type==\"Ready\")].status}"), "True");
    });

    it("leave the evaluators at work", async () => {
        for (const language of LANGUAGES) {
            await setting.kubectl("rollout", "status", `deployment/evaluator-${language}`, "--namespace", "wikifunctions", `--timeout=${PATIENCE / 1000}s`);
        }
    });

    it("are all in the results", () => {
        writeResults(RESULTS_FILE, results);
        assert.deepEqual(readResults(RESULTS_FILE).map(({ id }) => id), [...ATTACKS.values()].flat().map(({ id }) => id));
    });
});
