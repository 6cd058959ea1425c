import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { rules } from "../../policy/rules/index";
import { MEASURES } from "../../policy/model/violation";
import { type Rule } from "../../policy/rules/rule";

const POLICY = path.resolve(__dirname, "../../policy");
const SEVERITIES = ["critical", "high", "medium"];

/** Files of the rules, by the names that they and their tests have to have. */
const ruleFiles = readdirSync(path.join(POLICY, "rules")).filter((file) => file.endsWith(".ts") && readFileSync(path.join(POLICY, "rules", file), "utf8").match(/^ {4,8}scope: "/m) !== null);

describe("policy: the rules' metadata", () => {
    for (const rule of rules) {
        it(`${rule.name} says what, why and how to mend it`, () => {
            assert.match(rule.name, /^[a-z]+(-[a-z]+)*$/);
            assert.ok(SEVERITIES.includes(rule.severity));
            assert.ok(["resource", "stack"].includes(rule.scope));
            assert.ok([undefined, "pulumi", "posture"].includes(rule.needs));
            assert.ok(rule.measures.length > 0 && rule.measures.every((measure) => MEASURES.includes(measure)));
            assert.match(rule.references[0], /^https:/);
            assert.ok(rule.references.every((reference) => typeof reference === "string" && reference !== ""));
            for (const sentence of [rule.description, rule.rationale, rule.remediation]) {
                assert.match(sentence, /^[A-Z].{20,}\.$/);
            }
        });
    }

    it("has no name twice", () => {
        assert.deepEqual([...new Set(rules.map(({ name }) => name))], rules.map(({ name }) => name));
    });

    it("lists every rule that has a file, and every rule has a file of its name and a test", () => {
        assert.deepEqual(ruleFiles.map((file) => file.replace(/\.ts$/, "")).sort(), rules.map(({ name }) => name).sort());
        const tests = readdirSync(path.join(__dirname, "rules"));
        assert.deepEqual(rules.filter(({ name }) => !tests.includes(`${name}.test.ts`)).map(({ name }) => name), []);
    });

    it("guards every measure", () => {
        const guarded = new Set(rules.flatMap((rule: Rule) => rule.measures));
        assert.deepEqual(MEASURES.filter((measure) => !guarded.has(measure)), []);
    });
});

describe("policy: the package", () => {
    it("imports nothing outside of itself but its declared dependencies", () => {
        const { dependencies } = JSON.parse(readFileSync(path.join(POLICY, "package.json"), "utf8")) as { dependencies: Record<string, string> };
        const strays = sources(POLICY).flatMap((file) => imports(file).filter((target) => !isWithin(file, target) && !(packageOf(target) in dependencies)).map((target) => `${file}: ${target}`));
        assert.deepEqual(strays, []);
    });
});

function sources(folder: string): string[] {
    return readdirSync(folder, { recursive: true, encoding: "utf8" })
        .filter((file) => /\.[cm]?[jt]s$/.test(file) && !file.includes("node_modules"))
        .map((file) => path.join(folder, file));
}

function imports(file: string): string[] {
    return [...readFileSync(file, "utf8").matchAll(/(?:\bfrom\s+|\bimport\s*\(?\s*|\brequire\s*\(\s*)["']([^"']+)["']/g)].map(([, target]) => target ?? "").filter((target) => !target.startsWith("node:"));
}

function isWithin(file: string, target: string): boolean {
    return target.startsWith(".") && !path.relative(POLICY, path.resolve(path.dirname(file), target)).startsWith("..");
}

function packageOf(target: string): string {
    return target.split("/", target.startsWith("@") ? 2 : 1).join("/");
}
