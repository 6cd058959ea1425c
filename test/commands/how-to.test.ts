import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import execa from "execa";
import { parse, stringify } from "yaml";
import { REPOSITORY } from "../../cli/repository";
import { copyCheckout } from "../checkout";
import { sectionsOf, stepsIn, type Step } from "./how-to";

const SECTIONS = sectionsOf(readFileSync(path.join(REPOSITORY, "docs/how-to.md"), "utf8"));
/** They need a cluster: test/cluster/rollback.test.ts and interrupted-up.test.ts do what they say. */
const UPDATES = ["Upgrade and roll back", "Resume an interrupted update"];
const POSTURE = /^npm run posture -- (?:diff|approve) (\w+)$/;
/** Stands for `pulumi preview --json --show-sames`: the program of the copy, run with mocks, and what the pack's rules find in it. */
const PREVIEW = `
const { previewOf, resourcesOf } = require("./test/policy/stacks.ts");
const { judge } = require("./policy/judge.ts");
const { rules: all } = require("./policy/rules/index.ts");
const { postureOf } = require("./policy/posture/files.ts");
const { stackOf } = require("./policy/model/stack.ts");
resourcesOf(process.argv[1]).then((resources) => {
    const rules = judge(all, stackOf(resources), postureOf(process.argv[1])).map(({ rule }) => rule.name);
    console.log(JSON.stringify({ preview: previewOf(resources), rules }));
});
`;

type Tree = Record<string, unknown>;
const isTree = (value: unknown): value is Tree => typeof value === "object" && value !== null && !Array.isArray(value);

/** Objects take each other in, lists are put together. */
function together(one: unknown, other: unknown): unknown {
    if (Array.isArray(one) && Array.isArray(other)) {
        return [...one as unknown[], ...other as unknown[]];
    }
    return isTree(one) && isTree(other) ? { ...one, ...Object.fromEntries(Object.entries(other).map(([key, value]) => [key, together(one[key], value)])) } : other;
}

describe("docs/how-to.md", function () {
    this.timeout(300_000);
    let folder: string;
    let copy: string;
    beforeEach(async () => {
        folder = await mkdtemp(path.join(tmpdir(), "wikifunctions-how-to-"));
        copy = path.join(folder, "copy");
        await copyCheckout(copy);
    });
    afterEach(() => rm(folder, { recursive: true, force: true }));

    const run = (program: string, args: readonly string[], input = "") => execa(program, args, { cwd: copy, reject: false, all: true, input });

    /** Does one step. @returns what it printed, and the rules that a preview would name */
    async function follow(step: Exclude<Step, { sort: "see" }>): Promise<{ readonly exitCode: number; readonly output: string; readonly rules: readonly string[] }> {
        if (step.sort === "run") {
            const stack = POSTURE.exec(step.command)?.[1];
            const made = stack === undefined ? undefined : await run(process.execPath, ["--import", "tsx", "-e", PREVIEW, stack]);
            assert.equal(made?.exitCode ?? 0, 0, made?.all);
            const { preview = "", rules = [] } = made === undefined ? {} : JSON.parse(made.stdout) as { preview: string; rules: string[] };
            const { exitCode, all = "" } = await run("sh", ["-c", `${step.command}${stack === undefined ? "" : " --preview -"}`], preview);
            return { exitCode, output: all, rules };
        }
        const file = path.join(copy, step.file);
        const isJson = step.file.endsWith(".json");
        const text = step.sort === "write" ? step.text : together(parse(await readFile(file, "utf8")), parse(step.text));
        await writeFile(file, typeof text === "string" ? text : isJson ? JSON.stringify(text) : stringify(text));
        return { exitCode: 0, output: "", rules: [] };
    }

    it("is about a destination, a service, a language, a cluster and updates", () => {
        assert.deepEqual([...SECTIONS.keys()], ["Add a destination", "Add a service", "Add a language", "Add a cluster", ...UPDATES]);
    });

    for (const [title, section] of [...SECTIONS].filter(([name]) => !UPDATES.includes(name))) {
        it(`${title}: every step does what is told`, async () => {
            const steps = stepsIn(section);
            assert.ok(steps.some(({ sort }) => sort === "see"));
            let last = { exitCode: 0, output: "", rules: [] as readonly string[] };
            for (const step of steps) {
                if (step.sort !== "see") {
                    last = await follow(step);
                    continue;
                }
                assert.equal(last.exitCode, step.exitCode, last.output);
                for (const line of step.lines) {
                    assert.ok(last.output.includes(line), `${line}\nisn't in\n${last.output}`);
                }
                assert.equal(last.rules.length > 0, step.exitCode === 1, last.rules.join());
                assert.ok(step.rule === undefined || last.rules.includes(step.rule), last.rules.join());
            }
        });
    }
});
