import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { REPOSITORY } from "../../../cli/repository";
import { explanations, stale, unexplained } from "../../mutation/explained";
import { instrument, type Mutant } from "../../mutation/mutants";

const changesOf = async (source: string): Promise<string[]> => (await instrument(new Map([["x.ts", source]]))).mutants.map(({ change }) => change);

describe("mutation: the mutants", function () {
    this.timeout(60_000);

    it("are at their line, and behind a switch", async () => {
        const { mutants, code } = await instrument(new Map([["x.ts", "export const small = (n: number) =>\n    n < 3;\n"]]));
        assert.deepEqual(mutants.filter(({ change }) => change === "n < 3 → n <= 3").map(({ file, lineNumber, line }) => [file, lineNumber, line]), [["x.ts", 2, "n < 3;"]]);
        assert.match(code.get("x.ts") ?? "", /stryMutAct_\w+\("\d+"\)/);
    });

    it("leave out words for people", async () => {
        assert.deepEqual(await changesOf('f({ description: "d", rationale: `r`, must: n > 1 ? "a" : "b", references: [cis("1")] });\ndemand(x, "words", y);\nconst is = `a ${b}`;'), [
            '{ description: "d", rationale: `r`, must: n > 1 ? "a" : "b", references: [cis("1")] } → {}',
            ...["true", "false", "n >= 1", "n <= 1"].map((other) => `n > 1 → ${other}`),
            '[cis("1")] → []',
        ]);
    });

    it("keep texts that decide something, in such words too", async () => {
        assert.deepEqual(await changesOf('const must = kind === "Pod" ? "a" : "b";'), ['kind === "Pod" → true', 'kind === "Pod" → false', 'kind === "Pod" → kind !== "Pod"', '"Pod" → ""']);
        assert.deepEqual(await changesOf('demand(field(x, "drop"), "words", oneOf("ALL"));'), ['"drop" → ""', '"ALL" → ""']);
    });

    it("show where long code differs", async () => {
        const changes = await changesOf(`const all = /^(${"abc|".repeat(40)}x){1,2}$/;`);
        assert.ok(changes.length > 0 && changes.every((change) => change.length < 200));
        assert.equal(new Set(changes).size, changes.length);
    });
});

describe("mutation: what is explained", function () {
    this.timeout(60_000);

    const mutant: Mutant = { id: "0", file: "a.ts", lineNumber: 1, line: "return a;", change: "a → b" };
    const explanation = { file: "a.ts", line: "return a;", changes: ["a → b"], why: "it is the same" };

    it("is a survivor of the same file, line and change", () => {
        assert.deepEqual(unexplained([mutant], [explanation]), []);
        for (const other of [{ file: "b.ts" }, { line: "return c;" }, { change: "a → c" }]) {
            assert.deepEqual(unexplained([{ ...mutant, ...other }], [explanation]), [{ ...mutant, ...other }]);
        }
    });

    it("is stale once the mutant is killed or gone, in a file that was tried", () => {
        assert.deepEqual(stale([mutant], [explanation], ["a.ts"]), []);
        assert.deepEqual(stale([], [explanation], ["a.ts"]), ["a.ts: return a;: a → b"]);
        assert.deepEqual(stale([], [explanation], ["b.ts"]), []);
    });

    it("is a mutant that there is, once, with a reason in a sentence", async () => {
        const explained = explanations();
        const files = [...new Set(explained.map(({ file }) => file))];
        const { mutants } = await instrument(new Map(files.map((file) => [file, readFileSync(path.join(REPOSITORY, file), "utf8")])));
        assert.deepEqual(stale(mutants, explained, files), []);
        assert.deepEqual(explained.filter(({ why }) => !/^[A-Z].{15,}\.$/.test(why)), []);
        const all = explained.flatMap(({ file, line, changes }) => changes.map((change) => `${file}: ${line}: ${change}`));
        assert.deepEqual(all.filter((one, index) => all.indexOf(one) !== index), []);
    });
});
