import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import execa, { type ExecaChildProcess, type ExecaReturnValue } from "execa";
import { REPOSITORY } from "../../cli/repository";
import { Problem } from "../../cli/problem";

/** A new folder for each test of a suite, removed after it. */
export function temporaryFolder(): (...parts: readonly string[]) => string {
    let directory: string;
    beforeEach(async () => { directory = await mkdtemp(path.join(tmpdir(), "lab-test-")); });
    afterEach(() => rm(directory, { recursive: true, force: true }));
    return (...parts) => path.join(directory, ...parts);
}

type Variables = Readonly<Record<string, string | undefined>>;

function setVariables(variables: Variables): Variables {
    return Object.fromEntries(Object.entries(variables).map(([name, value]) => {
        const before = process.env[name];
        if (value === undefined) {
            Reflect.deleteProperty(process.env, name);
        } else {
            process.env[name] = value;
        }
        return [name, before];
    }));
}

/** Gives each test of a suite the variables that `make` says, and this process its own back after it. */
export function withVariables(make: () => Variables): void {
    let before: Variables;
    beforeEach(() => { before = setVariables(make()); });
    afterEach(() => { setVariables(before); });
}

/** Writes a program for `sh`. */
export async function script(file: string, ...lines: readonly string[]): Promise<string> {
    await writeFile(file, ["#!/bin/sh", ...lines, ""].join("\n"), { mode: 0o755 });
    return file;
}

/** Writes TypeScript to run; `lab(name)` in it is what stands in `lab/name.ts`, and `cli(name)` in `cli/name.ts`. */
export function writeTypeScript(file: string, text: string): Promise<void> {
    const loaders = ["cli", "lab"].map((folder) => `const ${folder} = (name: string) => require(${JSON.stringify(path.join(REPOSITORY, folder))} + "/" + name);\n`);
    return writeFile(file, `${loaders.join("")}(async () => {${text}})();\n`);
}

/** Runs it in a process of its own. */
export async function startTypeScript(file: string, text: string, env: Readonly<Record<string, string>> = {}): Promise<{ readonly child: ExecaChildProcess }> {
    await writeTypeScript(file, text);
    return { child: execa(process.execPath, ["--require", "tsx/cjs", file], { cwd: REPOSITORY, env, all: true, reject: false }) };
}

export async function runTypeScript(...args: Parameters<typeof startTypeScript>): Promise<ExecaReturnValue> {
    return await (await startTypeScript(...args)).child;
}

/** The command line of this repository, as `npm run` calls it once the packages are installed. */
export function labCommand(args: readonly string[], env: Readonly<Record<string, string>> = {}): ExecaChildProcess {
    return execa(process.execPath, ["--import", "tsx", path.join(REPOSITORY, "lab/cli.ts"), ...args], { cwd: REPOSITORY, env, all: true, reject: false, stdin: "ignore" });
}

/** Waits for something to come true, some seconds at most. */
export async function until(what: string, condition: () => boolean | Promise<boolean>, patience = 15_000): Promise<void> {
    for (const end = Date.now() + patience; !await condition(); await delay(20)) {
        if (Date.now() > end) {
            throw new Error(`waited in vain: ${what}`);
        }
    }
}

/** Whether a process runs; one that nobody has waited for yet has ended. */
export async function isAlive(pid: number): Promise<boolean> {
    try {
        process.kill(pid, 0);
    } catch {
        return false;
    }
    return process.platform !== "linux" || !/\) [ZX] /.test(await readFile(`/proc/${pid}/stat`, "utf8").catch(() => ") X "));
}

/** Whether an error is one that the user is told in these words, without a stack. */
export const isProblem = (words: RegExp) => (error: unknown): boolean => error instanceof Problem && words.test(error.message);
