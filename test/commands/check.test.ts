import assert from "node:assert/strict";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import execa from "execa";
import { REPOSITORY } from "../../cli/repository";
import { LIMITS } from "../../policy/manifests/limits";
import { BAD, BAD_LINE, GOOD } from "../policy/check/manifests";
import { check, withFiles } from "../policy/check/run";

const FILES = { "good.yaml": GOOD, "bad.yaml": BAD };

interface Reported {
    readonly rule: string;
    readonly measure: string;
    readonly severity: string;
    readonly resource: string;
    readonly path: string;
    readonly message: string;
    readonly remediation: string;
    readonly file: string;
    readonly line: number;
}

async function json(args: readonly string[], options: Parameters<typeof check>[1]): Promise<Reported[]> {
    return JSON.parse((await check([...args, "--format", "json"], options)).stdout) as Reported[];
}

describe("check: the command", function () {
    this.timeout(180_000);

    it("ends with 0 and says what it judged where nothing is wrong", () => withFiles(FILES, async (cwd) => {
        const { exitCode, stdout, stderr } = await check(["good.yaml"], { cwd });
        assert.deepEqual([exitCode, stderr], [0, ""]);
        assert.match(stdout, /^No violations in 1 object, by \d\d rules\.$/);
    }));

    it("ends with 1 and says where, what, why and how to mend it", () => withFiles(FILES, async (cwd) => {
        const { exitCode, stdout } = await check(["good.yaml", "bad.yaml"], { cwd });
        assert.equal(exitCode, 1);
        assert.match(stdout, new RegExp(`^bad\\.yaml\n  Pod prod/bad \\(line 1\\)\n    critical  no-privileged-containers\n      ${String(BAD_LINE)}:9  spec\\.containers\\[0\\]\\.securityContext\\.privileged is true; it must be false or left out\\.\n      Why: .+\n      Fix: .+\n1 violation in 1 of 2 objects, by \\d\\d rules\\.$`));
        // eslint-disable-next-line no-control-regex
        assert.doesNotMatch(stdout, /\u001b/);
    }));

    it("reports one JSON object per violation", () => withFiles(FILES, async (cwd) => {
        const [found, ...others] = await json(["bad.yaml", "good.yaml"], { cwd });
        assert.deepEqual(others, []);
        const { message, remediation, ...rest } = found as Reported;
        assert.deepEqual(rest, { rule: "no-privileged-containers", measure: "no-privilege-escalation", measures: ["no-privilege-escalation"], severity: "critical", resource: "Pod prod/bad", path: "spec.containers[0].securityContext.privileged", file: "bad.yaml", line: BAD_LINE, column: 9 });
        assert.ok(message.startsWith("Pod prod/bad: spec.containers[0].securityContext.privileged is true;") && remediation.startsWith("Remove privileged"));
        assert.deepEqual(await json(["good.yaml"], { cwd }), []);
    }));

    it("reads standard input, folders in the order of their paths, links to files, and each file once", () => withFiles(FILES, async (cwd) => {
        mkdirSync(path.join(cwd, "a/b"), { recursive: true });
        writeFileSync(path.join(cwd, "a/b/c.yml"), BAD);
        writeFileSync(path.join(cwd, "a/z.json"), '{"apiVersion": "v1", "kind": "Pod", "spec": {"hostPID": true}}');
        writeFileSync(path.join(cwd, "a/notes.txt"), "not a manifest: [");
        symlinkSync("../bad.yaml", path.join(cwd, "a/link.yaml"));
        symlinkSync("..", path.join(cwd, "a/loop"));
        const found = await json(["-", "a", "bad.yaml", "a/b/c.yml", "--profile", "restricted"], { cwd, input: BAD });
        assert.deepEqual([...new Set(found.map(({ file }) => file))], ["-", "a/b/c.yml", "a/link.yaml", "a/z.json", "bad.yaml"]);
        assert.equal(found.filter(({ file }) => file === "a/b/c.yml").length, 1);
    }));

    it("starts where the user stood when npm runs it", () => withFiles(FILES, async (folder) => {
        assert.equal((await check(["good.yaml"], { env: { npm_lifecycle_event: "check", INIT_CWD: folder } })).exitCode, 0);
    }));

    const UNREADABLE: Readonly<Record<string, readonly [args: readonly string[], message: RegExp]>> = {
        "a file that isn't there": [["good.yaml", "nowhere.yaml"], /^nowhere\.yaml: there is no such file or folder$/],
        "a folder without manifests": [["empty"], /^empty: there is no \*\.yaml/],
        "no object at all": [["none.yaml"], /^none\.yaml: there is no Kubernetes object in it/],
        "several files, telling each": [["good.yaml", "twice.yaml", "bad.yaml", "tab.yaml"], /^twice\.yaml:2:1: a duplicate key.*\ntab\.yaml:2:1: tab characters/],
        "something that never ends": [["/dev/zero"], /^\/dev\/zero: larger than 32 MiB$/],
        "a huge file": [["huge.yaml"], /^huge\.yaml: larger than 32 MiB$/],
    };
    for (const [name, [args, message]] of Object.entries(UNREADABLE)) {
        it(`ends with 2 for ${name}, and judges nothing`, () => withFiles({ ...FILES, "none.yaml": "---\n# nothing\n---\n", "twice.yaml": "a: 1\na: 2\n", "tab.yaml": "a:\n\tb: 1", "huge.yaml": Buffer.alloc(LIMITS.fileBytes + 1, "#") }, async (cwd) => {
            mkdirSync(path.join(cwd, "empty"));
            const { exitCode, stdout, stderr } = await check(args, { cwd });
            assert.match(stderr, message);
            assert.deepEqual([exitCode, stdout], [2, ""]);
        }));
    }

    it("ends with 1 for what it can't judge where it is told to be strict, in every format", () => withFiles({ ...FILES, "rollout.yaml": "apiVersion: argoproj.io/v1alpha1\nkind: Rollout\nmetadata: {name: r}\n" }, async (cwd) => {
        for (const format of ["text", "json", "sarif", "junit"]) {
            const codes = [["rollout.yaml"], ["good.yaml", "--strict"], ["rollout.yaml", "--strict"], ["rollout.yaml", "--strict", "--profile", "restricted"]].map(async (args) => (await check([...args, "--format", format], { cwd })).exitCode);
            assert.deepEqual(await Promise.all(codes), [0, 0, 1, 1]);
        }
    }));

    it("believes what a cluster has assigned where it is told that the objects come from one", () => withFiles({ "claim.yaml": 'apiVersion: v1\nkind: Service\nmetadata: {name: s, uid: x, resourceVersion: "1"}\nspec: {clusterIP: 192.0.2.1, selector: {a: b}}\n' }, async (cwd) => {
        const outcomes = [[], ["--live"], ["--strict"], ["--live", "--strict"]].map(async (options) => {
            const { exitCode, stdout } = await check(["claim.yaml", ...options], { cwd });
            return [exitCode, /not judged/i.test(stdout)];
        });
        assert.deepEqual(await Promise.all(outcomes), [[0, true], [0, false], [1, false], [0, false]]);
    }));

    it("writes no control character of a file's name to standard error", () => withFiles(FILES, async (cwd) => {
        const { exitCode, stderr } = await check(["no\u001b[2K\n::error::file"], { cwd });
        assert.deepEqual([exitCode, stderr], [2, "no\\u001b[2K\\u000a::error::file: there is no such file or folder"]);
    }));

    it("ends with 2 for options that it doesn't know, and names the choices", async () => {
        for (const [args, words] of [[[], "missing required argument"], [["x", "--format", "xml"], "text, json, sarif, junit"], [["x", "--profile", "baseline"], "restricted"], [["x", "--stak", "y"], "--stack"]] as const) {
            const { exitCode, stderr } = await check(args);
            assert.equal(exitCode, 2);
            assert.ok(stderr.includes(words), stderr);
        }
    });

    it("explains itself", async () => {
        const { exitCode, stdout } = await check(["--help"]);
        assert.equal(exitCode, 0);
        for (const word of ["--stack", "--profile", "--format", "--strict", "--live", "Exit code: 0 clean, 1 violations, 2 input"]) {
            assert.ok(stdout.includes(word));
        }
    });

    it("holds the files to a stack's posture and asks for what it has to have, only when told", () => withFiles(FILES, async (cwd) => {
        const rules = new Set((await json(["good.yaml", "--stack", "local"], { cwd })).map(({ rule }) => rule));
        for (const rule of ["required-resources", "default-deny", "known-resource-types", "approved-objects", "approved-images"]) {
            assert.ok(rules.has(rule), rule);
        }
        for (const rule of ["known-provider", "confined-before-start", "pulumi-options"]) {
            assert.ok(!rules.has(rule), rule);
        }
    }));

    it("asks nobody for an order of objects, which a file hasn't got", () => withFiles({ "deny.yaml": "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: default-deny, namespace: prod}\nspec: {podSelector: {}, policyTypes: [Ingress, Egress]}\n---\n" + GOOD }, async (cwd) => {
        const found = (await json(["deny.yaml", "--stack", "local"], { cwd })).filter(({ rule }) => rule === "default-deny");
        assert.deepEqual(found.map(({ path: field }) => field), ["the default deny of namespace wikifunctions", "the default deny of namespace wikifunctions-apparmor"]);
    }));

    it("says when a stack has no posture of its own", () => withFiles(FILES, async (cwd) => {
        const { exitCode, stderr } = await check(["good.yaml", "--stack", "nobodys"], { cwd });
        assert.deepEqual([exitCode, stderr], [1, "Nothing is approved for a stack nobodys, so that none of its objects is."]);
    }));

    it("stops without a complaint when nobody reads on", () => withFiles({ "many.yaml": Array<string>(3000).fill(BAD).join("---\n") }, async (cwd) => {
        const { exitCode, stderr } = await execa("bash", ["-c", '"$0" "$@" | head -1', process.execPath, "--import", path.join(REPOSITORY, "node_modules/tsx/dist/loader.mjs"), path.join(REPOSITORY, "commands/check.ts"), "many.yaml"], { cwd, reject: false });
        assert.deepEqual([exitCode, stderr], [0, ""]);
    }));
});
