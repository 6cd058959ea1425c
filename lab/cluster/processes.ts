import { closeSync, openSync } from "node:fs";
import { spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import execa from "execa";
import { OWNER_FILE } from "../files";

/** A process of ours. Its start tells it apart from a later one that was given the same number. */
export interface ProcessRecord {
    readonly name: string;
    readonly pid: number;
    /** When it started, as the system says it. */
    readonly started: string;
}

const POLL = 100;
/** Names the boot that ticks are counted from. */
const BOOT = "/proc/sys/kernel/random/boot_id";

/** Linux has it in clock ticks since the boot, so that the boot has to be named too; elsewhere `ps` has the date. Undefined where the process has ended. */
async function startOf(pid: number): Promise<string | undefined> {
    if (process.platform === "linux") {
        // Behind the program's name in parentheses, which may hold anything: the state first, the threads as the 18th, the start as the 20th.
        const fields = (await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "")).split(") ").at(-1)?.split(" ") ?? [];
        const [state, threads, ticks] = [fields[0], fields[17], fields[19]];
        // While another thread still ends, the process has its files and ports.
        const ended = state === "X" || (state === "Z" && Number(threads) <= 1);
        return ended || ticks === undefined ? undefined : `${(await readFile(BOOT, "utf8")).trim()}/${ticks}`;
    }
    const { stdout } = await execa("ps", ["-o", "lstart=", "-p", String(pid)], { reject: false, env: { LC_ALL: "C" } });
    return stdout.trim() === "" ? undefined : stdout.trim();
}

/** The file name of the program that has this number now; empty where none has. */
export async function programOf(pid: number): Promise<string> {
    const said = process.platform === "linux"
        ? await readFile(`/proc/${pid}/comm`, "utf8").catch(() => "")
        : (await execa("ps", ["-o", "comm=", "-p", String(pid)], { reject: false })).stdout;
    return path.basename(said.trim());
}

interface Surroundings {
    /** Where it runs. */
    readonly directory: string;
    /** File that gets its output. */
    readonly log: string;
    /** What it needs beside this process's environment. */
    readonly env?: Readonly<Record<string, string>>;
}

/** Starts a program that goes on when this one ends, its output in a file of its own. */
export async function startProcess(name: string, program: string, args: readonly string[], { directory, log, env = {} }: Surroundings): Promise<ProcessRecord> {
    const output = openSync(log, "a", OWNER_FILE);
    try {
        const child = spawn(program, args, { cwd: directory, detached: true, env: { ...process.env, ...env }, stdio: ["ignore", output, output] });
        await new Promise<void>((resolve, reject) => {
            child.once("spawn", resolve);
            child.once("error", reject);
        });
        child.unref();
        const pid = child.pid ?? 0;
        return { name, pid, started: await startOf(pid) ?? "" };
    } finally {
        closeSync(output);
    }
}

/** Whether this very process still runs, not another one with its number. */
export async function isRunning({ pid, started }: ProcessRecord): Promise<boolean> {
    return started !== "" && await startOf(pid) === started;
}

function signalTo(pid: number, signal: NodeJS.Signals): void {
    try {
        process.kill(pid, signal);
    } catch (error) {
        // It ended in this very moment.
        if ((error as NodeJS.ErrnoException).code !== "ESRCH") {
            throw error;
        }
    }
}

/**
 * Ends a process of ours and waits until it is gone.
 * @param patience milliseconds to end by itself, before it is killed
 */
export async function endProcess(record: ProcessRecord, patience: number): Promise<void> {
    for (const [signal, wait] of [["SIGTERM", patience], ["SIGKILL", patience]] as const) {
        if (!await isRunning(record)) {
            return;
        }
        signalTo(record.pid, signal);
        for (let waited = 0; waited < wait && await isRunning(record); waited += POLL) {
            await delay(POLL);
        }
    }
}
