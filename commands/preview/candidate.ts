import { mkdtemp, readFile, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { REPOSITORY } from "../../cli/repository";
import { Problem } from "../../cli/problem";
import { runVisibly } from "../../cli/run";
import { hideFromProgram } from "../hidden";
import { assemble } from "./assemble";
import { forReviewers } from "./changed";
import { ARTIFACTS, emptyDestination } from "./destination";
import { cleanEnvironment, isInside, OF_THE_CLI } from "./environment";
import { escaped, section } from "./markdown";

export interface CandidateOptions {
    /** Folder with the change. */
    readonly candidate: string;
    readonly withPolicy: boolean;
    readonly embedded: boolean;
    /** Absolute. */
    readonly artifacts: string | undefined;
}

const OWN_POLICY = "Judged by the change's own policy/ (--with-policy).";
const NEEDS = "Needs the reviewers, and is not in this preview";

/** Puts into the comment on the merge request what its preview can't know. */
async function complete(file: string, withPolicy: boolean, files: readonly string[]): Promise<void> {
    // There is none where the preview came to nothing.
    const text = await readFile(file, "utf8").catch(() => undefined);
    if (text !== undefined) {
        await writeFile(file, [...(withPolicy ? [escaped(OWN_POLICY), ""] : []), text, "", ...section(NEEDS, files)].join("\n"));
    }
}

async function folderOf(candidate: string): Promise<string> {
    const folder = await realpath(candidate).catch(() => { throw new Problem(`--candidate ${candidate}: there is no such folder.`); });
    if (isInside(folder, await realpath(REPOSITORY))) {
        throw new Problem(`--candidate ${candidate}: the checkout of this command may not lie in it, where the change could put packages and settings around it. Use another one beside it.`);
    }
    return folder;
}

/**
 * Previews what somebody wants to change, with the guard, tools and packages of this checkout: of the change only `infra/` and the
 * stack's file, in a folder and an environment of their own.
 * @returns the exit code of that preview
 */
export async function previewCandidate(stack: string, { candidate, withPolicy, embedded, artifacts }: CandidateOptions): Promise<number> {
    const from = await folderOf(candidate);
    const env = cleanEnvironment(process.env, from);
    const files = (await forReviewers(REPOSITORY, from, env)).filter((file) => !withPolicy || !file.startsWith("policy/"));
    if (artifacts !== undefined) {
        await emptyDestination(artifacts, [candidate, from]);
    }
    if (withPolicy) {
        console.log(OWN_POLICY);
    }
    if (files.length > 0) {
        console.log([`${NEEDS}:`, ...files.map((file) => `  ${JSON.stringify(file).slice(1, -1)}`)].join("\n"));
    }
    const folder = await mkdtemp(path.join(tmpdir(), "wikifunctions-candidate-"));
    const [checkout, bin] = [path.join(folder, "checkout"), path.join(folder, "bin")];
    try {
        await assemble(checkout, { checkout: REPOSITORY, candidate: from, stack, withPolicy });
        await hideFromProgram(bin, OF_THE_CLI);
        const args = ["--import", "tsx", "commands/preview.ts", stack, ...(embedded ? ["--embedded"] : []), ...(artifacts === undefined ? [] : ["--artifacts", artifacts])];
        const code = await runVisibly(process.execPath, args, { cwd: checkout, env: { ...env, PATH: `${bin}${path.delimiter}${env["PATH"] ?? ""}` }, extendEnv: false });
        if (artifacts !== undefined) {
            await complete(path.join(artifacts, ARTIFACTS.comment), withPolicy, files);
        }
        return code;
    } finally {
        await rm(folder, { recursive: true, force: true });
    }
}
