import assert from "node:assert/strict";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import execa from "execa";
import { CODE } from "../../../evidence/code";
import { current, documents, README, RULES, stale } from "../../../docs/generate/documents";
import { GUARDS } from "../../../evidence/guards";
import { rulesOf } from "../../../evidence/measures";
import { partOf, withPart } from "../../../docs/generate/part";
import { REPOSITORY } from "../../../cli/repository";
import { MEASURES } from "../../../policy/model/violation";
import { copyCheckout } from "../../checkout";
import { relaxations } from "../../../evidence/relaxations";

describe("generated documents", () => {
    for (const { file, text } of documents()) {
        it(`${file} is what npm run docs makes of it`, () => {
            // Not assert.equal: a difference of two whole documents hides this line.
            assert.ok(current(file) === text, `${file} is stale: npm run docs`);
        });
    }

    it("are told to be stale one by one", () => {
        const wanted = documents();
        const read = (other: string) => (file: string) => `${wanted.find((document) => document.file === file)?.text ?? ""}${file === other ? "\n" : ""}`;
        assert.deepEqual([README, RULES].map((file) => stale(wanted, read(file))), [[README], [RULES]]);
        assert.deepEqual(stale(wanted, read("none")), []);
    });

    it("have a row and a rule for each measure", () => {
        const table = partOf(current(README), "measures");
        for (const measure of MEASURES) {
            assert.equal(table.split("\n").filter((line) => line.startsWith(`| [\`${measure}\`](docs/measures.md#${measure}) |`)).length, 1, measure);
            assert.ok(rulesOf(measure).length > 0, measure);
            assert.notEqual(GUARDS[measure].trim(), "", measure);
        }
    });

    for (const measure of MEASURES) {
        it(`name the code that sets ${measure}`, () => {
            assert.ok(CODE[measure].length > 0);
            for (const { file, sets } of CODE[measure]) {
                assert.ok(readFileSync(path.join(REPOSITORY, file), "utf8").includes(sets), `${file} doesn't say: ${sets}`);
            }
        });

        it(`name a blocked preview for ${measure}`, () => {
            assert.ok(relaxations.some((relaxation) => relaxation.measure === measure));
        });
    }

    it("refuse a document without the part, or with two of them", () => {
        const part = "<!-- measures: generated -->\nold\n<!-- /measures -->\n";
        assert.equal(withPart(`before\n${part}after\n`, "measures", "new $& text"), "before\n<!-- measures: generated -->\n\nnew $& text\n\n<!-- /measures -->\nafter\n");
        assert.throws(() => withPart("none", "measures", "new"), /exactly one <!-- measures/);
        assert.throws(() => withPart(part + part, "measures", "new"), /exactly one <!-- measures/);
    });
});

describe("npm run docs -- --check", function () {
    this.timeout(60_000);
    let folder: string;
    let copy: string;
    before(async () => {
        folder = await mkdtemp(path.join(tmpdir(), "wikifunctions-docs-"));
        copy = path.join(folder, "copy");
        await copyCheckout(copy);
    });
    after(() => rm(folder, { recursive: true, force: true }));

    const docs = (...args: string[]) => execa("npm", ["run", "--silent", "docs", "--", ...args], { cwd: copy, reject: false, all: true, env: { WIKIFUNCTIONS_LAB_DIR: path.join(folder, "lab") } });

    it("says that all is up to date", async () => {
        const { exitCode, all } = await docs("--check");
        assert.match(all ?? "", /up to date/);
        assert.equal(exitCode, 0);
    });

    it("ends with 1 and names the file that isn't", async () => {
        const file = path.join(copy, README);
        await writeFile(file, (await readFile(file, "utf8")).replace("[`seccomp`]", "[`sekcomp`]"));
        const { exitCode, all } = await docs("--check");
        assert.match(all ?? "", /Stale: README\.md;/);
        assert.equal(exitCode, 1);
        await cp(path.join(REPOSITORY, README), file);
    });

    it("isn't the only way without a cluster: npm run docs writes all but the blocked preview", async () => {
        const [file, was] = [path.join(copy, README), await readFile(path.join(REPOSITORY, README), "utf8")];
        const other = was.replace("[`seccomp`]", "[`sekcomp`]").replace("[mandatory]", "[another]");
        assert.notEqual(other.includes("[another]"), was.includes("[another]"));
        await writeFile(file, other);
        const { exitCode, all } = await docs();
        assert.match(all ?? "", /README\.md keeps the blocked preview that it has: .*npm start makes\.\nWritten: README\.md\.$/);
        assert.equal(exitCode, 0);
        assert.equal(await readFile(file, "utf8"), was.replace("[mandatory]", "[another]"));
    });
});
