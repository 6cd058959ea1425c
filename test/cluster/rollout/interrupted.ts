import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import type { Program } from "../program";

/** A number from 0 to 1 and the next ones, the same for each seed. Source: mulberry32, Tommy Ettinger, public domain. */
export function randomNumbers(seed: number): () => number {
    let state = seed >>> 0;
    return () => {
        state = (state + 0x6D2B79F5) >>> 0;
        let mixed = Math.imul(state ^ (state >>> 15), state | 1);
        mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
        return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
    };
}

/** A process and all that it has started, and these in turn. */
function familyOf(pid: number): number[] {
    const parents = new Map<number, number>();
    for (const entry of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
        try {
            // After the name, which may hold anything, come the state and the parent.
            const [, , parent] = readFileSync(`/proc/${entry}/stat`, "utf8").replace(/^.*\)/s, ")").split(" ");
            parents.set(Number(entry), Number(parent));
        } catch {
            // It has ended.
        }
    }
    const below = (parent: number): number[] => [...parents].filter(([, of]) => of === parent).flatMap(([child]) => [child, ...below(child)]);
    return [pid, ...below(pid)];
}

/** When to kill an update. */
export interface KillPoint {
    /** How many steps it has begun or ended. */
    readonly steps: number;
    /** How long after that. */
    readonly milliseconds: number;
}

/** A step that has begun or ended, in the lines of `pulumi up`. */
const STEP = /^ [+~-]{1,2} +kubernetes:\S+ \S+ (creat|updat|delet|replac)/;

/**
 * Runs `pulumi` and kills it with all that it has started, as a machine that loses its power would.
 * @returns whether it was killed; false where it had ended before
 */
export async function killed(program: Program, args: readonly string[], { steps, milliseconds }: KillPoint): Promise<boolean> {
    const child = spawn("pulumi", [...args, "--non-interactive", "--color", "never"], { cwd: program.directory, env: { ...process.env, ...program.env }, stdio: ["ignore", "pipe", "ignore"] });
    const ended = once(child, "exit") as Promise<[number | null, NodeJS.Signals | null]>;
    let [seen, rest] = [0, ""];
    const reached = new Promise<void>((resolve) => {
        child.stdout.on("data", (data: Buffer) => {
            const lines = (rest + data.toString()).split("\n");
            rest = lines.pop() ?? "";
            seen += lines.filter((line) => STEP.test(line)).length;
            if (seen >= steps) {
                resolve();
            }
        });
    });
    await Promise.race([reached.then(() => delay(milliseconds)), ended]);
    if (child.pid !== undefined && child.exitCode === null) {
        for (const pid of familyOf(child.pid)) {
            try {
                process.kill(pid, "SIGKILL");
            } catch {
                // It has ended.
            }
        }
    }
    const [, signal] = await ended;
    return signal === "SIGKILL";
}
