import { cp, lstat, mkdir, readdir, readFile, symlink } from "node:fs/promises";
import path from "node:path";
import { EXIT_FOUND, Problem } from "../../cli/problem";
import { COMPILER_OPTIONS } from "./changed";
import { objectionsToStackFile } from "./stack-file";

const MODULES = "node_modules";
const INFRA = "infra";
const POLICY = "policy";
/** What a preview is made with: always the checkout's. */
const GUARD = ["cli", "commands", "lab", "package.json", "tsconfig.json", "Pulumi.yaml", COMPILER_OPTIONS];

/** Names of what a program is made of. No tool takes orders from a file with one of these, as from `.npmrc`, `package.json` or `node_modules`. */
const FOLDER = /^[a-z][a-z0-9-]*$/;
const FILE = /^([a-z][a-z0-9-]*(\.ts|\.sh)?|Dockerfile)$/;

/** What is wrong with a file or folder that somebody else has written, in words. */
async function objectionsTo(root: string, file: string, isNamed: (name: string, isFolder: boolean) => boolean): Promise<string[]> {
    const found = await lstat(path.join(root, file)).catch(() => undefined);
    if (found === undefined) {
        return [`${file} isn't there; a change has to hold it.`];
    }
    if (!found.isFile() && !found.isDirectory()) {
        return [`${file} is neither a file nor a folder, but a ${found.isSymbolicLink() ? "symbolic link" : "special file"}; put the file itself there.`];
    }
    if (!isNamed(path.basename(file), found.isDirectory()) && file !== COMPILER_OPTIONS) {
        return [`${file} has a name that ${file.split("/")[0] ?? ""}/ may not hold, because a tool might take orders from it; ${file.startsWith(`${INFRA}/`) ? "name it like a program's part: name.ts, name.sh, name or Dockerfile, in small letters, digits and hyphens" : "remove it"}.`];
    }
    const inner = found.isDirectory() ? (await readdir(path.join(root, file))).sort() : [];
    return (await Promise.all(inner.map((name) => objectionsTo(root, `${file}/${name}`, isNamed)))).flat();
}

const isOfProgram = (name: string, isFolder: boolean): boolean => (isFolder ? FOLDER : FILE).test(name);
const isNoPackage = (name: string): boolean => name !== MODULES;
const isAny = (): boolean => true;

/** The parts of a change that are previewed, each with the names that it may hold. */
function partsOf(stack: string, withPolicy: boolean): (readonly [part: string, isNamed: typeof isOfProgram])[] {
    return [[INFRA, isOfProgram], [`Pulumi.${stack}.yaml`, isAny], ...(withPolicy ? [[POLICY, isNoPackage] as const] : [])];
}

async function objectionsToStack(file: string, candidate: string, checkout: string): Promise<string[]> {
    const own = await readFile(path.join(checkout, file), "utf8").catch(() => undefined);
    return objectionsToStackFile(file, await readFile(path.join(candidate, file), "utf8"), own);
}

/**
 * Makes a checkout of its own for a preview: `infra/` and the stack's file from a change, and everything else from the checkout that the
 * preview is asked of.
 * @throws Problem that names what of the change can't be taken, with the exit code of a finding
 */
export async function assemble(into: string, { checkout, candidate, stack, withPolicy }: { readonly checkout: string; readonly candidate: string; readonly stack: string; readonly withPolicy: boolean }): Promise<void> {
    const parts = partsOf(stack, withPolicy);
    const ofNames = (await Promise.all(parts.map(([part, isNamed]) => objectionsTo(candidate, part, isNamed)))).flat();
    // Links were refused by then.
    const objections = ofNames.length > 0 ? ofNames : await objectionsToStack(`Pulumi.${stack}.yaml`, candidate, checkout);
    if (objections.length > 0) {
        throw new Problem(`The change can't be previewed:\n${objections.map((each) => `  ${each}`).join("\n")}`, EXIT_FOUND);
    }
    const copy = (from: string, part: string): Promise<void> => cp(path.join(from, part), path.join(into, part), { recursive: true, filter: (file) => path.basename(file) !== MODULES });
    for (const [part] of parts) {
        await copy(candidate, part);
    }
    // After the change's, in whose place they come.
    for (const part of [...GUARD, ...(withPolicy ? [] : [POLICY])]) {
        await copy(checkout, part);
    }
    await mkdir(path.join(into, POLICY), { recursive: true });
    for (const folder of [MODULES, `${POLICY}/${MODULES}`]) {
        await symlink(path.join(checkout, folder), path.join(into, folder));
    }
}
