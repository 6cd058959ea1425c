import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { isJudged } from "../../commands/preview/changed";
import { REPOSITORY } from "../../cli/repository";

const IGNORED = /(^|\/)(node_modules|\.git|\.lab|posture-report|artifacts|\.cache)(\/|$)/;
const FREE = /^infra\/|^Pulumi\.(local|staging|production|new)\.yaml$/;
const COMPILER_OPTIONS = "infra/tsconfig.json";

/** Files that tend to decide things, whether there is one or not. */
const DECIDING = [
    ".npmrc", "policy/.npmrc", ".yarnrc.yml", ".node-version", ".nvmrc", ".env", ".gitattributes", ".gitignore", ".gitmodules", ".mocharc.cjs", ".lab/bin/pulumi", ".cache/lab/x/pulumi", ".github/CODEOWNERS",
    ".github/workflows/other.yml", ".gitlab/CODEOWNERS", ".ci/run", "docs/CODEOWNERS", "node_modules/.bin/tsx", "tsconfig.json", "package.json", "package-lock.json", "npm-shrinkwrap.json", "Pulumi.yaml", "Pulumi.yml",
    "policy/Pulumi.x.yaml", "policy/infra/x.ts", "lab/infra/x.ts", "infra", "infra.ts", "infrastructure/index.ts", COMPILER_OPTIONS,
];

/** The few patterns that the file has, read as both platforms do: https://docs.github.com/articles/about-code-owners, https://docs.gitlab.com/user/project/codeowners/reference/ */
function matches(pattern: string, file: string): boolean {
    assert.match(pattern, /^\*$|^\/[\w.*/-]+$/, "another kind of pattern than this test can read");
    const words = pattern.slice(1).split("*").map((word) => word.replaceAll(".", "\\."));
    return pattern === "*" || new RegExp(`^${words.join("[^/]*")}${pattern.endsWith("/") ? "" : "$"}`).test(file);
}

/** The owners by the last line that fits. */
function ownersOf(file: string): readonly string[] {
    const lines = readFileSync(path.join(REPOSITORY, "CODEOWNERS"), "utf8").split("\n").filter((line) => line !== "" && !line.startsWith("#"));
    return lines.map((line) => line.split(/\s+/)).filter(([pattern = ""]) => matches(pattern, file)).at(-1)?.slice(1) ?? [];
}

const files = readdirSync(REPOSITORY, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => path.relative(REPOSITORY, path.join(entry.parentPath, entry.name)))
    .filter((file) => !IGNORED.test(file));

describe("CODEOWNERS", () => {
    it("frees the program and the stack files, and nothing else", () => {
        const free = files.filter((file) => ownersOf(file).length === 0);
        assert.deepEqual(free, files.filter((file) => FREE.test(file) && file !== COMPILER_OPTIONS));
        assert.ok(["infra/index.ts", "Pulumi.staging.yaml"].every((file) => free.includes(file)));
        assert.deepEqual(ownersOf("Pulumi.new.yaml"), []);
    });

    it("gives the reviewers whatever tends to decide", () => {
        assert.deepEqual(DECIDING.filter((file) => ownersOf(file).join() !== "@wikifunctions/security"), []);
    });

    it("frees just what a preview takes of a change", () => {
        assert.deepEqual([...files, ...DECIDING, "Pulumi.new.yaml", "infra/.npmrc"].filter((file) => isJudged(file) !== (ownersOf(file).length === 0)), []);
    });
});
