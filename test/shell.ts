import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";

/** What a command printed, both streams as they came, and its exit code. */
export interface Said {
    readonly exitCode: number;
    readonly output: string;
}

const MARK = "--- ended with";

/** A shell that stays open as a user's terminal does: what one command exports, the next one has. */
export class Shell {
    private readonly shell: ChildProcess;
    private output = "";

    constructor(cwd: string, env: Readonly<Record<string, string>>) {
        this.shell = spawn("sh", [], { cwd, env: { ...process.env, ...env }, stdio: "pipe" });
        for (const stream of [this.shell.stdout, this.shell.stderr]) {
            stream?.on("data", (data: Buffer) => { this.output += data.toString(); });
        }
    }

    /** Runs one command. @throws Error when the command ends the shell */
    run(command: string): Promise<Said> {
        this.output = "";
        return new Promise((resolve, reject) => {
            const look = (): void => {
                const [, output = "", exitCode] = new RegExp(`^([^]*)\\n${MARK} (\\d+)\\n$`).exec(this.output) ?? [];
                if (exitCode !== undefined) {
                    leave();
                    resolve({ exitCode: Number(exitCode), output });
                }
            };
            const gone = (): void => {
                leave();
                reject(new Error(`The shell ended in the midst of: ${command}\n${this.output}`));
            };
            const leave = (): void => {
                this.shell.stdout?.off("data", look);
                this.shell.off("close", gone);
            };
            this.shell.stdout?.on("data", look);
            this.shell.on("close", gone);
            this.shell.stdin?.write(`{ ${command}\n} 2>&1 </dev/null; printf '\\n%s %s\\n' '${MARK}' "$?"\n`);
        });
    }

    /** Ends the shell. */
    async close(): Promise<void> {
        if (this.shell.exitCode === null) {
            this.shell.stdin?.end();
            await once(this.shell, "exit");
        }
    }
}
