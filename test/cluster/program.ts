import assert from "node:assert/strict";
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import execa from "execa";
import type { Edit } from "../../evidence/edit";

const repository = path.join(__dirname, "../..");
/** What makes up the program, its pack, and the command that approves it; the rest of the repository plays no part in a preview. */
const parts = ["cli", "commands", "infra", "policy", "package.json", "tsconfig.json", "Pulumi.yaml", "Pulumi.local.yaml", "Pulumi.staging.yaml", "Pulumi.production.yaml"];

/** What a `pulumi` command said, and its exit code. */
export interface Outcome {
    readonly exitCode: number;
    readonly output: string;
}

/** The embedded cluster's administrator in place of the deployer that a stack of a real cluster names, and any cluster under its context. */
export function deployedByAdministrator(stack: string): readonly Edit[] {
    return [
        { file: `Pulumi.${stack}.yaml`, from: "users: [wikifunctions-deploy]", to: "users: [lab-admin]" },
        { file: `policy/approved/${stack}.yaml`, from: "wikifunctions-deploy", to: "lab-admin", all: true },
        { file: `policy/postures/${stack}.json`, from: `"${stack}",\n      "id": "00000000-0000-0000-0000-000000000000"`, to: `"${stack}"` },
    ];
}

/** A copy of the program in a folder of its own, so that a test may change it. */
export class Program {
    private constructor(
        readonly directory: string,
        readonly env: Readonly<Record<string, string>>,
    ) {}

    /** `env` is what `npm run env` prints for the cluster the copy is to deploy to. */
    static async copy(env: Readonly<Record<string, string>>): Promise<Program> {
        const directory = await mkdtemp(path.join(tmpdir(), "wikifunctions-program-"));
        for (const part of parts) {
            await cp(path.join(repository, part), path.join(directory, part), { recursive: true, filter: (source) => !source.includes("node_modules") });
        }
        await symlink(path.join(repository, "node_modules"), path.join(directory, "node_modules"));
        return new Program(directory, env);
    }

    /** Makes the edits, and fails where one doesn't fit: a relaxation that changes nothing would prove nothing. */
    async edit(...edits: readonly Edit[]): Promise<void> {
        for (const { file, from, to, all = false } of edits) {
            const target = path.join(this.directory, file);
            const text = await readFile(target, "utf8");
            const times = text.split(from).length - 1;
            assert.ok(times === 1 || (all && times > 1), `${file} must hold exactly once: ${from}`);
            await writeFile(target, text.replaceAll(from, () => to));
        }
    }

    /** Takes all edits back. */
    async restore(...edits: readonly Edit[]): Promise<void> {
        for (const { file } of edits) {
            await cp(path.join(repository, file), path.join(this.directory, file));
        }
    }

    async pulumi(...args: readonly string[]): Promise<Outcome> {
        const result = await execa("pulumi", [...args, "--non-interactive", "--color", "never"], {
            cwd: this.directory,
            env: this.env,
            all: true,
            reject: false,
        });
        return { exitCode: result.exitCode, output: result.all ?? "" };
    }

    /** Approves the program of a stack as it is now, as a security reviewer would with `npm run posture`. */
    async approve(stack: string): Promise<void> {
        await execa("npm", ["run", "-s", "posture", "--", "approve", stack], { cwd: this.directory, env: this.env });
    }

    async remove(): Promise<void> {
        await rm(this.directory, { recursive: true, force: true });
    }
}
