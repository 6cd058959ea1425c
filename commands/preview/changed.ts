import { existsSync, lstatSync, readFileSync, readlinkSync } from "node:fs";
import path from "node:path";
import { Problem } from "../../cli/problem";
import { run } from "../../cli/run";

/** How the program is compiled: CODEOWNERS gives it to the reviewers, in the middle of what it frees. */
export const COMPILER_OPTIONS = "infra/tsconfig.json";

/** Whether a preview takes a file of a change for what it judges. CODEOWNERS frees these, and no others. */
export const isJudged = (file: string): boolean => (/^infra\/|^Pulumi\.[^/]*\.yaml$/.test(file) && file !== COMPILER_OPTIONS);

/** What git has in its index: mode, object, stage and path. */
const TRACKED = /^(\d+) ([0-9a-f]+) \d\t(.*)$/s;
/** The mode of a repository in the repository, of which git has the number of a commit, and maybe no file at all. */
const REPOSITORY_IN_IT = "160000";

/** What `git ls-files` says of a checkout. @throws Problem where it is none */
async function listed(checkout: string, what: readonly string[], env: Readonly<Record<string, string>>): Promise<string[]> {
    const args = ["-C", checkout, "-c", "core.fsmonitor=false", "ls-files", "-z", ...what];
    // What a checkout's own settings say is missing, git would fetch, by any program that they name.
    const { failed, exitCode, stdout, all } = await run("git", args, { env: { ...env, GIT_ALLOW_PROTOCOL: "none", GIT_NO_LAZY_FETCH: "1" }, extendEnv: false });
    if ((exitCode as number | undefined) === undefined) {
        throw new Problem("git is not on PATH, and says what a change is.");
    }
    if (failed || !existsSync(path.join(checkout, ".git"))) {
        throw new Problem(`${checkout} is not a git checkout, so that nobody can say what the change is: ${(all ?? "").trim() || "it has no .git of its own"}`);
    }
    return stdout.split("\0").filter((file) => file !== "");
}

/** All that a checkout has, without what its .gitignore leaves out, each with the commit of a repository in it. */
async function filesIn(checkout: string, env: Readonly<Record<string, string>>): Promise<Map<string, string | undefined>> {
    const tracked = (await listed(checkout, ["--stage"], env)).map((entry): [string, string | undefined] => {
        const [, mode, object, file = entry] = TRACKED.exec(entry) ?? [];
        return [file, mode === REPOSITORY_IN_IT ? object : undefined];
    });
    const others = (await listed(checkout, ["--others", "--exclude-standard"], env)).map((file): [string, undefined] => [file, undefined]);
    return new Map([...tracked, ...others]);
}

/** What stands in a file, or where a link leads, so that neither passes for the other, nor for a folder, such as a repository in the repository; undefined where nothing is. */
function contentOf(file: string): string | undefined {
    const found = lstatSync(file, { throwIfNoEntry: false });
    if (found?.isSymbolicLink() === true) {
        return `link ${readlinkSync(file)}`;
    }
    if (found?.isFile() === true) {
        return `file ${readFileSync(file, "latin1")}`;
    }
    return found === undefined ? undefined : "other";
}

/** Files beside those that are judged in which a change differs from the checkout: a preview leaves them out, and a reviewer has to look. */
export async function forReviewers(checkout: string, candidate: string, env: Readonly<Record<string, string>>): Promise<string[]> {
    const [ours, theirs] = await Promise.all([filesIn(checkout, env), filesIn(candidate, env)]);
    const files = [...new Set([...ours.keys(), ...theirs.keys()])].filter((file) => !isJudged(file)).sort();
    return files.filter((file) => ours.get(file) !== theirs.get(file) || contentOf(path.join(checkout, file)) !== contentOf(path.join(candidate, file)));
}
