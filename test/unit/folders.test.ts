import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { ESLint } from "eslint";
import ts from "typescript";
import { REPOSITORY } from "../../cli/repository";

describe("what a folder may import", function () {
    this.timeout(120_000);
    const linter = new ESLint({ cwd: REPOSITORY });

    /** What the rule says of a file that would hold this line. */
    async function said(file: string, line: string): Promise<string[]> {
        const [result] = await linter.lintText(`${line}\n`, { filePath: path.join(REPOSITORY, file) });
        return (result?.messages ?? []).filter(({ ruleId }) => ruleId === "repository/folders").map(({ message }) => message);
    }

    for (const [file, target] of [
        ["cli/x.ts", "../lab/paths"], ["cli/x.ts", "../policy/judge"],
        ["infra/config/x.ts", "../../cli/problem"], ["infra/x.ts", "../policy/judge"], ["infra/x.ts", "../test/missing"],
        ["policy/rules/x.ts", "../../infra/names"], ["policy/x.ts", "../cli/problem"], ["policy/x.ts", "../lab"], ["policy/x.ts", "../docs/generate/part"],
        ["evidence/x.ts", "../test/cluster/program"], ["evidence/x.ts", "../docs/generate/part"],
        ["lab/x.ts", "../commands/pulumi"], ["lab/commands/x.ts", "../../commands/pulumi"], ["lab/cluster/x.ts", "../../test/missing"],
        ["commands/x.ts", "../infra/names"], ["commands/x.ts", "../infra/config/validate"], ["commands/config.ts", "../infra/config"], ["commands/config/x.ts", "../../infra/names"], ["report/x.ts", "../infra/config/validate"], ["commands/drift/x.ts", "../../test/missing"], ["commands/x.ts", "../report/words"],
        ["report/x.ts", "../docs/generate/part"], ["report/html/x.tsx", "../../test/missing"], ["report/x.ts", "../lab"],
        ["docs/generate/x.ts", "../../report/words"],
    ] as const) {
        it(`isn't ${target} in ${file}`, async () => {
            assert.match((await said(file, `import "${target}";`)).join(), /^\w+\/ may import itself.*, and not \w+\/\.$/);
        });
    }

    it("is refused in every form of an import", async () => {
        const forms = ['import type { X } from "T";', 'export * from "T";', 'export { x } from "T";', 'await import("T");', 'type X = import("T").X;', 'import x = require("T");', 'require("T");'];
        const passed = await Promise.all(forms.map(async (form) => ((await said("report/x.ts", form.replace("T", "../test/missing"))).length === 1 ? [] : [form])));
        assert.deepEqual(passed.flat(), []);
    });

    it("is what the table says", async () => {
        for (const [file, target] of [["commands/x.ts", "../lab"], ["commands/config.ts", "../infra/config/validate"], ["commands/config/x.ts", "../../infra/config/read"], ["report/x.ts", "../evidence/code"], ["lab/commands/x.ts", "../../docs/generate/part"], ["lab/cli.ts", "./commands/suites"], ["test/x.ts", "../lab"]] as const) {
            assert.deepEqual(await said(file, `import "${target}";`), [], file);
        }
    });
});

/** The files that a file loads once all of its imports are run, itself included, by path in the repository. */
function loadedBy(file: string, known = new Set<string>()): Set<string> {
    if (!known.has(file)) {
        known.add(file);
        const { importedFiles } = ts.preProcessFile(readFileSync(path.join(REPOSITORY, file), "utf8"));
        for (const { fileName } of importedFiles.filter((each) => each.fileName.startsWith("."))) {
            const base = path.join(path.dirname(file), fileName.replace(/\.js$/, ""));
            const found = [".ts", ".tsx", "/index.ts", ""].map((ending) => `${base}${ending}`).find((each) => /\.\w+$/.test(each) && existsSync(path.join(REPOSITORY, each)));
            assert.ok(found, `${file}: ${fileName}`);
            loadedBy(found, known);
        }
    }
    return known;
}

describe("what a command loads", () => {
    const commands = ["report/main.ts", ...readdirSync(path.join(REPOSITORY, "commands")).filter((file) => file.endsWith(".ts")).map((file) => `commands/${file}`)];
    for (const command of commands) {
        it(`of ${command} is nothing of test/ or docs/`, () => {
            const loaded = [...loadedBy(command)];
            assert.deepEqual(loaded.filter((file) => /^(test|docs)\//.test(file)), []);
        });
    }

    it("of infra/ is nothing but a schema, and that in npm run config only", () => {
        const ofInfra = (command: string): string[] => [...loadedBy(command)].filter((file) => file.startsWith("infra/"));
        assert.deepEqual(commands.filter((command) => ofInfra(command).length > 0), ["commands/config.ts"]);
        assert.deepEqual(ofInfra("commands/config.ts").filter((file) => !/^infra\/(config\/\w+|languages)\.ts$/.test(file)), []);
    });

    it("is followed to its end", () => {
        assert.ok(["evidence/relaxations.ts", "policy/rules/index.ts", "cli/problem.ts"].every((file) => loadedBy("report/main.ts").has(file)));
    });
});
