import assert from "node:assert/strict";
import { ensureToolchain, type Toolchain } from "../../lab";
import { Problem } from "../../cli/problem";
import { step } from "../../cli/progress";
import { rules } from "../../policy/rules/index";
import { postureOf } from "../../policy/posture/files";
import { skip } from "../missing";
import { Base, STACK } from "./base";
import { batchesOf, harmlessBatchesOf, nameOf, type Batch } from "./batch";
import { BOUNDS, controlsOf } from "./control";
import { changesOf, harmless, relaxations, type Edit } from "./edit";
import { isRelated, pathOf } from "./place";
import { deploy, preview, type Found } from "./preview";
import { Setting } from "./setting";

const RELAXATIONS = relaxations();
const HARMLESS = harmless();
/** Milliseconds for all of it; a few minutes where the machine has nothing else to do. */
const ALL = 2_400_000;

/** The policy that advises to approve what is tighter. */
const RATCHET = "ratchet";

/** The path in a message: `approved-objects: Deployment wikifunctions/orchestrator: spec.replicas is 3; it must be …`. */
const PLACE = /\n[a-z-]+: [^:\n]+: (.+?) is [^\n]+; it must be /;

/** What came of the preview that an edit was in. */
interface Judged {
    readonly exitCode: number;
    readonly output: string;
    /** What the edit can be to blame for. */
    readonly found: readonly Found[];
}

describe("relaxations: edits of the program's resources, under the pack", function () {
    this.timeout(ALL);
    let base: Base;
    let setting: Setting;
    /** What an update without the pack said of the edits that it couldn't make, by their ids. */
    let undeployed: ReadonlyMap<string, string>;
    /** By the edit's id. */
    const judged = new Map<string, Judged>();

    before(async function () {
        const { bin } = await step("the tool chain", toolchain) ?? skip(this, "edits under the real engine", "the tool chain, of which a part can't be downloaded or built here", "npm start, which says what it needs");
        const { namespace, loaderNamespace } = postureOf(STACK);
        base = await Base.load([...RELAXATIONS, ...HARMLESS]);
        setting = await step("the embedded cluster", () => Setting.start(bin, [namespace, loaderNamespace, BOUNDS]));
        undeployed = await step("an update without the pack, of all edits", () => deployControls(setting, base));
        // One that the API server refuses would end the preview of all others.
        const [relaxing, tightening] = [RELAXATIONS, HARMLESS].map((edits) => edits.filter(({ id }) => !undeployed.has(id)));
        const batches = [...batchesOf(base, relaxing ?? []), ...harmlessBatchesOf(base, tightening ?? [])];
        await step(`${String(batches.length)} previews under the pack`, (detail) => previewAll(setting, batches, detail, judged));
    });

    after(async () => {
        // Unset where the cluster didn't start.
        await (setting as Setting | undefined)?.stop();
    });

    const judgementOf = (edit: Edit): Judged => {
        const judgement = judged.get(edit.id);
        assert.ok(judgement !== undefined, `without the pack it can't be deployed either, so that it shows nothing about the pack: ${undeployed.get(edit.id) ?? ""}`);
        return judgement;
    };

    for (const edit of RELAXATIONS) {
        it(`${edit.id} is caught by ${edit.rule ?? ""}`, () => { assertCaught(edit, judgementOf(edit)); });
    }

    for (const edit of HARMLESS) {
        it(`${edit.id} passes`, () => { assertPassed(judgementOf(edit)); });
    }
});

/** @returns undefined where it can't be had */
async function toolchain(): Promise<Toolchain | undefined> {
    return ensureToolchain().catch((error: unknown) => {
        if (error instanceof Problem) {
            return undefined;
        }
        throw error;
    });
}

async function deployControls(setting: Setting, base: Base): Promise<ReadonlyMap<string, string>> {
    const controls = [...RELAXATIONS, ...HARMLESS].map((edit, number) => ({ edit, registrations: controlsOf(base, edit, number) }));
    const { made, refused } = await deploy(await setting.project("control"), [base.registration("Provider"), ...controls.flatMap(({ registrations }) => registrations)]);
    return new Map(controls.flatMap(({ edit, registrations }) => {
        const missing = registrations.map((_, index) => nameOf(edit, index)).find((name) => !made.has(name));
        return missing === undefined ? [] : [[edit.id, refused.get(missing) ?? [...refused.values()].join("\n")] as const];
    }));
}

/** Two previews at a time, each lane in projects of its own. */
async function previewAll(setting: Setting, batches: readonly Batch[], detail: (text: string) => void, judged: Map<string, Judged>): Promise<void> {
    const waiting = [...batches];
    await Promise.all(["one", "two"].map(async (lane) => {
        for (let batch = waiting.shift(); batch !== undefined; batch = waiting.shift()) {
            const { edits, registrations, blame, standIn = false, stack = STACK } = batch;
            detail(`${String(waiting.length)} more to begin`);
            const project = await setting.project([lane, stack, ...(standIn ? ["stand-in"] : [])].join("-"), standIn, stack);
            const { found, ...ended } = await preview(project, registrations);
            edits.forEach((edit) => judged.set(edit.id, { ...ended, found: blame(found, edit) }));
        }
    }));
}

function assertCaught(edit: Edit, { exitCode, output, found }: Judged): void {
    const { rule: name, says } = edit;
    const remediation = rules.find((rule) => rule.name === name)?.remediation ?? "the rule isn't there";
    const caught = found.filter(({ rule }) => rule === name);
    assert.notEqual(exitCode, 0);
    assert.ok(caught.length > 0, found.length > 0 ? `only ${[...new Set(found.map(({ rule }) => rule))].join(", ")} caught it` : `nothing caught it:\n${output.slice(-2000)}`);
    for (const { level, message } of caught) {
        assert.equal(level, "mandatory");
        assert.ok(PLACE.test(message) && message.includes(remediation), message);
    }
    const places = caught.map(({ message }) => PLACE.exec(message)?.[1] ?? "");
    const paths = changesOf(edit).map(pathOf);
    const isNamed = says === undefined ? paths.every((path) => places.some((place) => isRelated(path, place))) : caught.some(({ message }) => message.includes(says));
    assert.ok(isNamed, `no violation names ${says ?? paths.join(" and ")}; they name ${places.join(", ")}`);
}

function assertPassed({ exitCode, output, found }: Judged): void {
    assert.deepEqual(found.filter(({ rule, level }) => !(rule === RATCHET && level === "advisory")), []);
    assert.equal(exitCode, 0, output.slice(-2000));
}
