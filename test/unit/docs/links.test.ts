import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { REPOSITORY } from "../../../cli/repository";
import { linksIn } from "../../markdown";

const FILES = ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md", ...readdirSync(path.join(REPOSITORY, "docs")).filter((name) => name.endsWith(".md")).map((name) => `docs/${name}`)];
const read = (file: string): string => readFileSync(path.join(REPOSITORY, file), "utf8");

/** The names by which a document's own headings are found. */
const headings = (text: string): string[] => [...text.matchAll(/^#+ (.*)$/gm)].map(([, title = ""]) => title.toLowerCase().replaceAll(/[^\w -]/g, "").replaceAll(" ", "-"));

describe("links of the documents", () => {
    for (const file of FILES) {
        it(`of ${file} lead somewhere`, () => {
            const targets = linksIn(read(file)).filter((target) => !target.startsWith("https:"));
            assert.notEqual(targets.length, 0);
            const leadsNowhere = (target: string): boolean => {
                const [to = "", heading] = target.split("#");
                const found = to === "" ? file : path.join(path.dirname(file), to);
                return !existsSync(path.join(REPOSITORY, found)) || (heading !== undefined && !headings(read(found)).includes(heading));
            };
            assert.deepEqual([...new Set(targets.filter(leadsNowhere))], []);
        });
    }

    it("and the npm commands that README.md names are in package.json", () => {
        const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> };
        const named = [...read("README.md").matchAll(/\bnpm (?:run (?:-s )?([\w:]+)|(start|stop|test)\b)/g)].map(([, script, short]) => script ?? short ?? "");
        assert.ok(named.length > 5);
        assert.deepEqual(named.filter((script) => !(script in scripts)), []);
    });
});
