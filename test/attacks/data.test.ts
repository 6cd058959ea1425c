import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import path from "node:path";
import { ATTACKS, LANGUAGES, MEASURES } from "./attack";
import { outcomeOf } from "./outcome";
import { inPodOf, placeOf } from "./places";
import { groups, needsItAlone, trialsOf } from "./requests";

const all = [...ATTACKS.values()].flat();

describe("attacks: the data", () => {
    it("are at least 60, each with an id of its own", () => {
        assert.ok(all.length >= 60, String(all.length));
        assert.equal(new Set(all.map(({ id }) => id)).size, all.length);
        assert.equal(new Set(all.map(({ language, code }) => `${language} ${code}`)).size, all.length);
    });

    it("are three or more for each measure, in a file of its name", () => {
        assert.deepEqual(readdirSync(path.join(__dirname, "data")).sort(), Object.keys(MEASURES).map((measure) => `${measure}.yaml`).sort());
        assert.deepEqual([...ATTACKS].filter(([, attacks]) => attacks.length < 3).map(([measure]) => measure), []);
    });

    it("are in each language", () => {
        for (const language of LANGUAGES) {
            assert.ok(all.filter((attack) => attack.language === language).length >= 8, language);
        }
    });

    it("are about the measure of their file, and known measures stop them", () => {
        for (const [measure, attacks] of ATTACKS) {
            assert.deepEqual(attacks.filter(({ stoppedBy }) => stoppedBy[0] !== measure && !stoppedBy.includes(measure)).map(({ id }) => id), []);
            assert.deepEqual(attacks.flatMap(({ stoppedBy }) => stoppedBy).filter((each) => !Object.hasOwn(MEASURES, each)), []);
        }
    });

    it("run in containers of which no two have one port of a pod", () => {
        for (const where of ["control", ...Object.keys(MEASURES)]) {
            const places = inPodOf(where, "python").map((at) => placeOf(...at));
            assert.equal(new Set(places.map(({ port }) => port)).size, places.length, where);
            assert.ok(places.some(({ container }) => container === placeOf(where, "python").container), where);
        }
    });

    it("say that they got it, and only at their end", () => {
        assert.deepEqual(all.filter(({ code }) => !/reached\(|tcp\(|udp\(|allowed\(/.test(code)).map(({ id }) => id), []);
    });
});

describe("attacks: how one ended", () => {
    const attack = { id: "x", tries: "x", language: "python" as const, stoppedBy: ["apparmor"], code: "" };
    const answer = { stdout: "x TRYING\n", stderr: "", exit: 0, signal: null, timedOut: false };

    it("is reached, stopped by an error, or broken", () => {
        assert.deepEqual(outcomeOf(attack, { ...answer, stdout: "x TRYING\nx REACHED\n" }), { end: "reached", how: "" });
        assert.deepEqual(outcomeOf(attack, { ...answer, stdout: "y REACHED\nx TRYING\nx STOPPED EACCES\n" }), { end: "stopped", how: "EACCES" });
        assert.equal(outcomeOf(attack, { ...answer, stdout: "x TRYING\nx BROKEN NameError\n" }).end, "broken");
        assert.equal(outcomeOf(attack, answer).end, "broken");
    });

    it("is no success of another measure than the one that is tried", () => {
        assert.equal(outcomeOf(attack, { ...answer, timedOut: true }).end, "broken");
        assert.equal(outcomeOf(attack, { ...answer, signal: "SIGKILL" }).end, "broken");
        assert.equal(outcomeOf(attack, undefined, "OOMKilled").end, "broken");
        assert.deepEqual(outcomeOf({ ...attack, stoppedBy: ["time-limit"] }, { ...answer, timedOut: true }), { end: "stopped", how: "time limit" });
        assert.equal(outcomeOf({ ...attack, stoppedBy: ["time-limit"] }, { ...answer, stdout: "", timedOut: true }).end, "broken");
        assert.deepEqual(outcomeOf({ ...attack, stoppedBy: ["memory"] }, undefined, "OOMKilled"), { end: "stopped", how: "OOMKilled" });
        assert.equal(outcomeOf({ ...attack, stoppedBy: ["memory"] }, undefined, "Error").end, "broken");
    });
});

describe("attacks: where they are sent", () => {
    const asked = groups(ATTACKS).map((group) => trialsOf([...group.values()].flat()));
    const places = (id: string): string[] => asked.flat().filter(({ batches }) => batches.flat().some((attack) => attack.id === id)).map(({ where }) => where).sort();

    it("is the sandbox, where nothing stops them, and for Python's where one measure alone does; once each", () => {
        for (const { id, language, stoppedBy } of all) {
            assert.deepEqual(places(id), ["control", "sandbox", ...language === "python" ? stoppedBy : []].sort(), id);
        }
    });

    it("is one place of a language once in a group, so that nobody else asks it meanwhile", () => {
        for (const trials of asked) {
            const names = trials.map(({ where, language }) => `${where} ${language}`);
            assert.equal(new Set(names).size, names.length, names.join(", "));
        }
    });

    it("is a request of its own where an attack needs the machine", () => {
        const sizes = asked.flat().flatMap(({ batches }) => batches).filter((batch) => batch.some(needsItAlone)).map(({ length }) => length);
        assert.ok(sizes.length > 0 && sizes.every((size) => size === 1), sizes.join(" "));
    });
});
