import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import path from "node:path";
import { rules } from "../../policy/rules/index";
import { postureOf } from "../../policy/posture/files";
import type { Registration } from "../project";
import { apply } from "./apply";
import { Base } from "./base";
import { harmless, relaxations, type Edit } from "./edit";

/** A rule about something that no stack has yet can't be broken in one. */
const POSTURES = readdirSync(path.resolve(__dirname, "../../policy/postures")).filter((file) => file.endsWith(".json") && file !== "schema.json").map((file) => postureOf(path.basename(file, ".json")));
const usesRuntimeClass = POSTURES.some(({ services }) => Object.values(services).some(({ minRuntimeClass }) => minRuntimeClass !== undefined));
/** No edit of the program breaks these alone: a second provider is refused by known-provider, and waivers are the posture's. */
const ELSEWHERE = ["single-cluster", "waivers", ...(usesRuntimeClass ? [] : ["runtime-class"])];
const BREAKABLE = rules.map(({ name }) => name).filter((name) => !ELSEWHERE.includes(name));

describe("relaxations: the edits", function () {
    this.timeout(60_000);
    const relaxing = relaxations();
    const tightening = harmless();
    let base: Base;

    before(async () => { base = await Base.load([...relaxing, ...tightening]); });

    it("are at least 850 relaxations, and 250 that are harmless", () => {
        assert.ok(relaxing.length >= 850, String(relaxing.length));
        assert.ok(tightening.length >= 250, String(tightening.length));
    });

    it("relax for a rule of the pack, or for none where they are harmless", () => {
        const names = rules.map(({ name }) => name);
        assert.deepEqual(relaxing.filter(({ rule }) => rule === undefined || !names.includes(rule)).map(({ id }) => id), []);
        assert.deepEqual(tightening.filter(({ rule }) => rule !== undefined).map(({ id }) => id), []);
    });

    it("break every rule", () => {
        const broken = new Set(relaxing.map(({ rule }) => rule));
        assert.deepEqual(BREAKABLE.filter((name) => !broken.has(name)), []);
    });

    it("change the program, each in a way of its own", () => {
        const seen = new Map<string, string>();
        const same = [...relaxing, ...tightening].flatMap((edit) => {
            const result = resultOf(base, edit);
            const first = result === unedited(base, edit) ? "the program" : seen.get(result);
            seen.set(result, edit.id);
            return first === undefined ? [] : [`${edit.id} is the same as ${first}`];
        });
        assert.deepEqual(same, []);
    });
});

function resultOf(base: Base, edit: Edit): string {
    const result = apply(base, edit, "preview");
    return result.length === 0 ? `without ${String(edit.target)}` : asText(result);
}

/** The same resources without the edit. */
function unedited(base: Base, edit: Edit): string {
    const names = apply(base, edit, "preview").map(({ name }) => name);
    return names.length === 0 ? "" : asText(base.of({ stack: edit.stack }).registrations.filter(({ name }) => names.includes(name)));
}

/** An added resource is named after its edit, which makes no difference. */
function asText(registrations: readonly Registration[]): string {
    return JSON.stringify(registrations.map((registration) => ({ ...registration, name: registration.as ?? "" })));
}
