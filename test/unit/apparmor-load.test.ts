import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { renderProfiles } from "../../infra/apparmor/profiles";

const SCRIPT = join(__dirname, "../../infra/apparmor/image/load.sh");

/** Stands for the parser and the kernel: puts the profile into the list of loaded ones, in the mode that $MODE says; fails for a text with `syntax error`. */
const PARSER = `#!/bin/sh
for file; do :; done
echo "$*" >> "$CALLS"
if grep -q "syntax error" "$file"; then
    echo "AppArmor parser error for $file in profile $file at line 3: syntax error" >&2
    exit 1
fi
echo "$(sed -n 's/^profile \\([^ ]*\\) .*/\\1/p' "$file") (\${MODE:-enforce})" >> "$SECURITYFS/apparmor/profiles"
`;

const profiles = renderProfiles().all;
const [first, second] = profiles.map(({ name }) => name);

describe("the AppArmor loader's script", () => {
    let directory: string;
    let env: NodeJS.ProcessEnv;
    const children: ReturnType<typeof spawn>[] = [];

    beforeEach(() => {
        directory = mkdtempSync(join(tmpdir(), "loader-"));
        const at = (name: string): string => join(directory, name);
        mkdirSync(at("securityfs/apparmor"), { recursive: true });
        for (const name of ["bin", "profiles"]) {
            mkdirSync(at(name));
        }
        writeFileSync(at("securityfs/apparmor/profiles"), "cri-containerd.apparmor.d (enforce)\n");
        writeFileSync(at("calls"), "");
        writeFileSync(at("bin/apparmor_parser"), PARSER);
        chmodSync(at("bin/apparmor_parser"), 0o755);
        profiles.forEach(({ name, text }) => writeFileSync(join(at("profiles"), name), text));
        env = {
            PATH: `${at("bin")}:${process.env["PATH"] ?? ""}`,
            PROFILES_DIR: at("profiles"),
            SECURITYFS: at("securityfs"),
            CALLS: at("calls"),
            POLL_SECONDS: "0.1",
            READY_SECONDS: "0",
            EXPECTED_PROFILES: `${first} ${second}`,
        };
    });
    afterEach(() => {
        children.splice(0).forEach((child) => child.kill("SIGKILL"));
        rmSync(directory, { recursive: true });
    });

    const ready = () => spawnSync("sh", [SCRIPT, "ready"], { env, encoding: "utf8" });
    const loaded = (...lines: string[]) => writeFileSync(join(directory, "securityfs/apparmor/profiles"), lines.map((line) => `${line}\n`).join(""));
    const calls = () => readFileSync(join(directory, "calls"), "utf8").trim().split("\n").filter((line) => line !== "");

    /** Starts the loop; `log` grows as it speaks. */
    const run = () => {
        const child = spawn("sh", [SCRIPT, "run"], { env });
        children.push(child);
        const state = { child, log: "" };
        child.stderr.on("data", (data: Buffer) => { state.log += data.toString(); });
        return state;
    };
    const until = async (condition: () => boolean) => {
        for (let tries = 0; tries < 100 && !condition(); tries += 1) {
            await pause(50);
        }
        assert.ok(condition(), condition.toString());
    };

    it("loads what is expected and is ready then", async () => {
        assert.equal(ready().status, 1);
        run();
        await until(() => ready().status === 0);
        assert.equal(calls().length, 2);
        assert.match(calls()[0] ?? "", /^--replace --skip-cache --skip-read-cache /);
    });

    it("waits for what is being loaded", () => {
        env["READY_SECONDS"] = "10";
        run();
        assert.equal(ready().status, 0);
    });

    it("names what isn't loaded", () => {
        loaded(`${first} (enforce)`);
        const { status, stderr } = ready();
        assert.equal(status, 1);
        assert.equal(stderr, `apparmor-loader: ${second}: not loaded in enforce mode\n`);
    });

    it("does not take complain mode, or a longer name, for loaded", () => {
        loaded(`${first} (complain)`, `${second}0 (enforce)`, `my-${second} (enforce)`);
        assert.equal(ready().stderr.split("\n").length - 1, 2);
    });

    it("leaves alone what is loaded already", async () => {
        loaded(`${first} (enforce)`, `${second} (enforce)`);
        run();
        await pause(500);
        assert.deepEqual(calls(), []);
    });

    it("loads again what got lost", async () => {
        run();
        await until(() => ready().status === 0);
        loaded("cri-containerd.apparmor.d (enforce)");
        await until(() => ready().status === 0);
    });

    it("loads a profile that comes later", async () => {
        rmSync(join(directory, "profiles", String(second)));
        const state = run();
        await until(() => state.log.includes(`${second}: not in the ConfigMap`));
        writeFileSync(join(directory, "profiles", String(second)), profiles[1]?.text ?? "");
        await until(() => ready().status === 0);
    });

    it("goes on after a profile that doesn't parse, passes on file and line, and does not say it for ever", async () => {
        const broken = `${String(profiles[0]?.text)}# syntax error\n`;
        // A name that fits the text, so that the parser gets to see it.
        const plain = String(profiles[0]?.source);
        const sum = spawnSync("sha256sum", { input: broken.replace(`profile ${first} `, `profile ${plain} `), encoding: "utf8" }).stdout.slice(0, 12);
        const name = `${plain}-${sum}`;
        writeFileSync(join(directory, "profiles", name), broken.replace(`profile ${first} `, `profile ${name} `));
        env["EXPECTED_PROFILES"] = `${name} ${second}`;
        const state = run();
        await until(() => calls().length > 4);
        assert.equal(state.log.match(/at line 3: syntax error/g)?.length, 2, state.log);
        assert.equal(ready().stderr, `apparmor-loader: ${name}: not loaded in enforce mode\n`);
    });

    it("refuses a text that isn't what its name promises", async () => {
        writeFileSync(join(directory, "profiles", String(first)), String(profiles[0]?.text).replace("deny ptrace,", "ptrace,"));
        const state = run();
        await until(() => state.log.includes(`${first}: refused, its text does not have the hash in its name`));
        assert.equal(calls().length, 1);
    });

    it("is not content with what the kernel has in another mode", async () => {
        env["MODE"] = "complain";
        const state = run();
        await until(() => state.log.includes(`${first}: given to the kernel, but not in enforce mode there`));
        assert.equal(ready().status, 1);
    });

    it("says so on a node without AppArmor", async () => {
        rmSync(join(directory, "securityfs/apparmor"), { recursive: true });
        const state = run();
        await until(() => state.log.includes("this node has no AppArmor"));
    });

    it("stops when told to", async () => {
        const { child } = run();
        await until(() => ready().status === 0);
        const code = new Promise((resolve) => child.once("exit", resolve));
        child.kill("SIGTERM");
        assert.equal(await code, 0);
    });

    it("explains itself to whoever calls it otherwise", () => {
        const { status, stderr } = spawnSync("sh", [SCRIPT, "load"], { env, encoding: "utf8" });
        assert.equal(status, 2);
        assert.match(stderr, /usage: load.sh run\|ready/);
    });
});
