import execa, { type ExecaReturnValue, type Options } from "execa";
import { interrupted } from "./interrupt";

interface RunOptions extends Options {
    /** Sees what the command prints, as it comes. */
    readonly watch?: (text: string) => void;
}

/**
 * Runs a command to its end; a failure is a result, not an exception. On an interrupt it gets one SIGINT, and this waits until it has
 * ended: it stands in a process group of its own, because the terminal's Ctrl-C would reach it a second time, which `pulumi` takes as "at once".
 */
export async function run(command: string, args: readonly string[], { watch, ...options }: RunOptions): Promise<ExecaReturnValue> {
    const child = execa(command, args, { stdin: "ignore", all: true, reject: false, ...options, detached: true, cleanup: false });
    child.all?.on("data", (data: Buffer) => watch?.(data.toString()));
    const forward = (): void => {
        if (child.pid !== undefined && child.exitCode === null) {
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
