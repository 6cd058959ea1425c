import { constants } from "node:os";
import execa, { type ExecaReturnValue, type Options } from "execa";
import { interrupted, throwIfInterrupted } from "./interrupt";
import { Problem } from "./problem";

interface RunOptions extends Options {
    /** Sees what the command prints, as it comes. */
    readonly watch?: (text: string) => void;
}

/** As shells have it for a command that a signal has ended. */
const SIGNAL_BASE = 128;

/**
 * Runs a command to its end; a failure is a result, not an exception. On an interrupt it gets one SIGINT, and this waits until it has
 * ended: it stands in a process group of its own, because the terminal's Ctrl-C would reach it a second time, which `pulumi` takes as "at once".
 * @throws Problem after an interrupt, instead of starting it
 */
export async function run(command: string, args: readonly string[], { watch, ...options }: RunOptions): Promise<ExecaReturnValue> {
    throwIfInterrupted();
    const child = execa(command, args, { stdin: "ignore", all: true, reject: false, ...options, detached: true, cleanup: false });
    child.all?.on("data", (data: Buffer) => watch?.(data.toString()));
    const forward = (): void => {
        if (child.pid !== undefined && child.exitCode === null && child.signalCode === null) {
            process.kill(-child.pid, "SIGINT");
        }
    };
    interrupted.addEventListener("abort", forward, { once: true });
    try {
        return await child;
    } finally {
        interrupted.removeEventListener("abort", forward);
    }
}

/** The end of what a command said, without what it said before on the way. */
export function lastLines(said: string, count: number): string {
    return said.trim().split("\n").slice(-count).join("\n");
}

/**
 * As {@link run}, for a command that has to succeed.
 * @param tell what to say of one that doesn't, given what it has said
 * @returns its standard output
 * @throws Problem in those words, or after an interrupt
 */
export async function succeed(command: string, args: readonly string[], options: RunOptions, tell: (said: string) => string): Promise<string> {
    const result = await run(command, args, options);
    throwIfInterrupted();
    if (result.failed) {
        throw new Problem(tell(result.all ?? ""));
    }
    return result.stdout;
}

/** The exit code of what was run, as a shell would give it. @throws Problem where it could not be started */
function exitCodeOf(command: string, { exitCode, signal, shortMessage }: ExecaReturnValue & { readonly shortMessage?: string }): number {
    if (signal !== undefined) {
        return SIGNAL_BASE + constants.signals[signal as NodeJS.Signals];
    }
    // Without one it never ran: execa's type knows nothing of it.
    if ((exitCode as number | undefined) === undefined) {
        throw new Problem(shortMessage ?? `${command} could not be started.`);
    }
    return exitCode;
}

/** Runs a command that has the user's terminal. @returns its exit code. @throws Problem where it can't be started */
export async function runInteractively(command: string, args: readonly string[], options: Options): Promise<number> {
    return exitCodeOf(command, await execa(command, args, { ...options, stdio: "inherit", reject: false }));
}

/** As {@link run}, for a command that speaks to the user itself. @returns its exit code. @throws Problem after an interrupt, or where it can't be started */
export async function runVisibly(command: string, args: readonly string[], options: Options): Promise<number> {
    const result = await run(command, args, { ...options, stdout: "inherit", stderr: "inherit", all: false });
    throwIfInterrupted();
    return exitCodeOf(command, result);
}
