import assert from "node:assert/strict";
import type { Edit } from "../../evidence/edit";
import { Deployed, UP } from "./rollout/deployed";
import { momentsOf, objectsOf, type History, type Watched } from "./rollout/events";
import { load, type Served } from "./rollout/load";
import { gaps } from "./rollout/measures";
import { SANDBOX, SERVICES } from "./rollout/sandbox";
import { outages } from "./rollout/serving";

const { namespace: NAMESPACE } = SANDBOX;
/** A release as any other, but for its containers, which never start. */
const BROKEN = "2026-09-16-000000";
const [GOOD, BAD] = ["rusty-py, tag: 2026-08-19-122930", `rusty-py, tag: ${BROKEN}`] as const;
const ROLL: Edit = { file: "Pulumi.local.yaml", from: GOOD, to: BAD };
const BACK: Edit = { file: "Pulumi.local.yaml", from: BAD, to: GOOD };
const SECONDS = 15;
/** Seconds for everything else in an update, on a machine that has other tests to run; less than the roll-out would be waited for by default. */
const REST = 240;

interface Pod extends Watched { readonly spec: { readonly containers: readonly { readonly image: string }[] } }

/** Tags of the Python evaluator's pods, at each moment. */
function tagsIn(history: History): string[][] {
    const pods = (objects: ReadonlyMap<string, Watched>): Pod[] => objectsOf(objects, "Pod", NAMESPACE).filter(({ metadata }) => metadata.name.startsWith("evaluator-python-")) as Pod[];
    return Array.from(momentsOf(history), ({ objects }) => pods(objects).map(({ spec }) => spec.containers[0]?.image.split(":").at(-1) ?? "").sort());
}

describe("a roll-out whose new pods never become ready", function () {
    this.timeout(600_000);
    let deployed: Deployed;
    let history: History;
    let served: Served;
    let failed: { readonly exitCode: number; readonly output: string; readonly seconds: number };

    before(async function () {
        deployed = await Deployed.start(this, "a failing roll-out on the embedded cluster", (image) => !image.endsWith(BROKEN));
        await deployed.program.edit({ file: "Pulumi.local.yaml", from: "waitForRollouts: true", to: `waitForRollouts: true\n  wikifunctions:rolloutTimeoutSeconds: ${String(SECONDS)}` });
        await deployed.program.approve("local");
        await deployed.up();
        await deployed.program.edit(ROLL);
        const stop = load(deployed.cluster, NAMESPACE, SERVICES);
        history = await deployed.recorded(async () => {
            const start = Date.now();
            failed = { ...await deployed.program.pulumi(...UP), seconds: (Date.now() - start) / 1000 };
        });
        served = await stop();
    });
    // Unset where the suite is skipped.
    after(() => (deployed as Deployed | undefined)?.stop());

    it("fails after the time that the stack gives it", () => {
        assert.notEqual(failed.exitCode, 0, failed.output);
        assert.match(failed.output, /'evaluator-python' timed out waiting to be Ready/);
        assert.ok(failed.seconds >= SECONDS && failed.seconds < SECONDS + REST, `${String(failed.seconds)} s`);
    });

    it("leaves the old pods serving, and none without a measure", () => {
        assert.ok(tagsIn(history).some((tags) => tags.includes(BROKEN)), "the new pods were never there");
        assert.deepEqual(tagsIn(history).filter((tags) => tags.filter((tag) => tag === "2026-08-19-122930").length < 2), []);
        assert.deepEqual([gaps(history, SANDBOX), outages(history, NAMESPACE, SERVICES), served.failures], [[], [], []]);
    });

    it("is rolled back by an update with the former stack file", async () => {
        await deployed.program.edit(BACK);
        const back = await deployed.recorded(() => deployed.up());
        assert.deepEqual(tagsIn(back).at(-1), ["2026-08-19-122930", "2026-08-19-122930"]);
        assert.deepEqual([gaps(back, SANDBOX), outages(back, NAMESPACE, SERVICES)], [[], []]);
        await deployed.succeed("preview", "--stack", "local", "--policy-pack", "policy", "--expect-no-changes");
    });
});
