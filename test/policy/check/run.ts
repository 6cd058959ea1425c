import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import execa from "execa";

const REPOSITORY = path.resolve(__dirname, "../../..");
const COMMAND = ["--import", path.join(REPOSITORY, "node_modules/tsx/dist/loader.mjs"), path.join(REPOSITORY, "commands/check.ts")];

export interface Result {
    readonly exitCode: number;
    readonly stdout: string;
    readonly stderr: string;
}

/** Runs the command as npm does, in a folder of its own. */
export async function check(args: readonly string[], { cwd, input = "", env = {} }: { readonly cwd?: string; readonly input?: string | Buffer; readonly env?: Record<string, string> } = {}): Promise<Result> {
    const { exitCode, stdout, stderr } = await execa(process.execPath, [...COMMAND, ...args], { reject: false, input, env: { npm_lifecycle_event: "test", ...env }, ...(cwd === undefined ? {} : { cwd }) });
    return { exitCode, stdout, stderr };
}

/** A folder with these files, removed when `use` is done. */
export async function withFiles<Done>(files: Readonly<Record<string, string | Buffer>>, use: (folder: string) => Promise<Done>): Promise<Done> {
    const folder = mkdtempSync(path.join(tmpdir(), "wikifunctions-check-"));
    try {
        Object.entries(files).forEach(([name, contents]) => { writeFileSync(path.join(folder, name), contents); });
        return await use(folder);
    } finally {
        rmSync(folder, { recursive: true, force: true });
    }
}
