import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import execa from "execa";
import { ensureToolchain, folders, labEnvironment, removeCluster, startCluster, type LabEnvironment } from "../../lab";
import { Program, type Outcome } from "./program";

/** The lines by which Pulumi says that a mandatory policy is violated: its name, what it is about, and the message, which begins with the rule's. */
export function violationOf(rule: string): RegExp {
    return new RegExp(`^ +- \\[mandatory\\] [^\\n]*\\n[^\\n]*\\n +${rule}: `, "m");
}

/** A cluster of its own and a copy of the program with the stack `local`, which nothing is deployed to yet. */
export class Guarded {
    private constructor(
        private readonly lab: string,
        private readonly env: LabEnvironment,
        readonly program: Program,
    ) {}

    static async start(): Promise<Guarded> {
        const lab = await mkdtemp(path.join(tmpdir(), "wikifunctions-guarded-"));
        const { bin } = await ensureToolchain();
        await startCluster(folders(lab).cluster, bin);
        const env = await labEnvironment(lab, bin);
        const guarded = new Guarded(lab, env, await Program.copy(env));
        await guarded.program.pulumi("stack", "init", "local");
        return guarded;
    }

    async stop(): Promise<void> {
        await this.program.remove();
        await removeCluster(folders(this.lab).cluster);
        await rm(this.lab, { recursive: true, force: true });
    }

    /** `pulumi preview` with the pack. */
    preview(...args: readonly string[]): Promise<Outcome> {
        return this.program.pulumi("preview", "--stack", "local", "--policy-pack", "policy", ...args);
    }

    /** `npm run posture`, in the copy. */
    async posture(...args: readonly string[]): Promise<Outcome> {
        const result = await execa("npm", ["run", "-s", "posture", "--", ...args], { cwd: this.program.directory, env: this.env, all: true, reject: false });
        return { exitCode: result.exitCode, output: result.all ?? "" };
    }

    /** Writes a file of the copy. */
    write(file: string, text: string): Promise<void> {
        return writeFile(path.join(this.program.directory, file), text);
    }

    read(file: string): Promise<string> {
        return readFile(path.join(this.program.directory, file), "utf8");
    }
}
