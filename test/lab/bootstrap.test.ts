import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { copyFile, mkdir, readFile, symlink, writeFile } from "node:fs/promises";
import { Linter } from "eslint";
import execa, { type ExecaChildProcess } from "execa";
import path from "node:path";
import { REPOSITORY } from "../../cli/repository";
import { script, temporaryFolder, until } from "./support";

const BOOTSTRAP = path.join(REPOSITORY, "lab/bootstrap.cjs");
const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);

/** A checkout with the first file that runs, and others in the place of all that it runs. */
describe("a fresh clone", () => {
    const at = temporaryFolder();
    const needs = (node: string): Promise<void> => writeFile(at("package.json"), JSON.stringify({ engines: { node } }));
    const npm = (...lines: string[]): Promise<string> => script(at("bin/npm"), `echo "$*" >> "${at("calls")}"`, ...lines);
    const calls = async (): Promise<string[]> => (await readFile(at("calls"), "utf8").catch(() => "")).split("\n").filter((line) => line !== "");
    const start = (...args: string[]): ExecaChildProcess => execa(process.execPath, [at("lab/bootstrap.cjs"), ...args], { cwd: "/", env: { PATH: at("bin") }, extendEnv: false, reject: false, stdin: "ignore" });
    const installed = (): boolean => existsSync(at("node_modules/.installed-from"));

    beforeEach(async () => {
        await Promise.all(["lab", "bin", "node_modules"].map((name) => mkdir(at(name))));
        await copyFile(BOOTSTRAP, at("lab/bootstrap.cjs"));
        await symlink(path.join(REPOSITORY, "node_modules/tsx"), at("node_modules/tsx"));
        await writeFile(at("package-lock.json"), "{}");
        await writeFile(at("lab/cli.ts"), "const args: string[] = process.argv.slice(2);\nconsole.log(`${process.cwd()} ${args.join()}`);\nprocess.exit(args.length);\n");
        await needs(`>=${major}.${minor}`);
        await npm();
    });

    it("installs what is missing, and passes on arguments and exit code", async () => {
        const first = await start("one", "two");
        assert.deepEqual([first.exitCode, first.stdout], [2, `${at()} one,two`]);
        assert.match(first.stderr, /^Installing the npm packages of package-lock\.json …\nInstalled in \d+ s$/);
        assert.deepEqual(await calls(), ["ci --no-audit --no-fund --loglevel=error"]);
    });

    it("installs once, and again for another lock file", async () => {
        await start();
        const second = await start();
        assert.deepEqual([second.exitCode, second.stderr, (await calls()).length], [0, "", 1]);
        await writeFile(at("package-lock.json"), "{\"lockfileVersion\":3}");
        await start();
        assert.equal((await calls()).length, 2);
    });

    it("whose installation fails says so, runs nothing, and tries again the next time", async () => {
        await npm("echo 'npm error: no network' >&2", "exit 7");
        const { exitCode, stdout, stderr } = await start();
        assert.deepEqual([exitCode, stdout], [2, ""]);
        assert.equal(stderr, "Installing the npm packages of package-lock.json …\nnpm error: no network\nnpm ci ended with exit code 7; its reason stands above.");
        assert.equal(installed(), false);
        await npm();
        assert.equal((await start()).exitCode, 0);
        assert.ok(installed());
    });

    it("without npm says so", async () => {
        await execa("rm", [at("bin/npm")]);
        const { exitCode, stderr } = await start();
        assert.equal(exitCode, 2);
        assert.match(stderr, /npm could not be started: .*ENOENT/);
    });

    it("whose installation is interrupted isn't taken for installed", async () => {
        await npm(`echo > "${at("started")}"`, "exec /bin/sleep 60");
        const child = start();
        await until("npm runs", () => existsSync(at("started")));
        child.kill("SIGINT");
        const { exitCode, stdout } = await child;
        assert.deepEqual([exitCode, stdout, installed()], [130, "", false]);
    });

    it("with a Node.js that is too old says which it is and which it has to be, and touches nothing", async () => {
        for (const wanted of [`>=${major + 1}.0`, `>=${major}.${minor + 1}`]) {
            await needs(wanted);
            const { exitCode, stdout, stderr } = await start();
            assert.deepEqual([exitCode, stdout, stderr], [2, "", `Node.js is ${process.version}; this project needs ${wanted}.`]);
        }
        assert.deepEqual([await calls(), installed()], [[], false]);
        for (const wanted of [`>=${major - 1}.99`, `>=${major}.0`]) {
            await needs(wanted);
            assert.equal((await start()).exitCode, 0, wanted);
        }
    });

    it("hands on a signal, and waits for what comes of it", async () => {
        await writeFile(at("lab/cli.ts"), "process.on(\"SIGTERM\", () => { console.log(\"cleaned up\"); process.exit(143); });\nrequire(\"node:fs\").writeFileSync(\"ready\", \"\");\nsetInterval(() => undefined, 1000);\n");
        const child = start();
        await until("it listens", () => existsSync(at("ready")));
        child.kill("SIGTERM");
        const { exitCode, stdout } = await child;
        assert.deepEqual([exitCode, stdout], [143, "cleaned up"]);
    });

    it("ends as a shell says it when a signal has ended the rest", async () => {
        await writeFile(at("lab/cli.ts"), "process.kill(process.pid, \"SIGKILL\");\n");
        assert.equal((await start()).exitCode, 137);
    });

    it("can be told all this by a Node.js that knows only the oldest JavaScript", async () => {
        const text = await readFile(BOOTSTRAP, "utf8");
        const problems = (code: string): Linter.LintMessage[] => new Linter({ configType: "flat" }).verify(code, { files: ["**/*.cjs"], languageOptions: { ecmaVersion: 5, sourceType: "commonjs" } }, "bootstrap.cjs");
        assert.deepEqual(problems(text), []);
        assert.notDeepEqual(problems(`${text}const x = () => 1;`), []);
        assert.deepEqual([...text.matchAll(/require\("([^"]+)"\)/g)].map(([, name]) => name), ["child_process", "crypto", "fs", "os", "path"]);
    });
});
