import { createHash } from "node:crypto";
import { createReadStream, existsSync, lstatSync, readFileSync } from "node:fs";
import path from "node:path";
import { ownFolder, writeWhole } from "../files";
import { REPOSITORY } from "../../cli/repository";

/** SHA-256 of programs by their path in the cache, `folder/program`, whose folder is named after all that the build depends on. */
type Digests = Readonly<Record<string, string>>;

/** Of builds that are the same wherever they are made, on Linux and x86-64 with the Go of the pipelines. Reviewers approve it. */
const PINNED = path.join(__dirname, "digests.json");
/**
 * Of what this checkout has built, in the same form: outside of the cache, which a pipeline restores from elsewhere.
 * WIKIFUNCTIONS_LAB_DIGESTS names another file.
 */
const builtFile = (): string => path.resolve(REPOSITORY, process.env["WIKIFUNCTIONS_LAB_DIGESTS"] || ".lab/digests.json");

const read = (file: string): Digests => (existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) as Digests : {});

async function digestOf(file: string): Promise<string> {
    const hash = createHash("sha256");
    for await (const chunk of createReadStream(file)) {
        hash.update(chunk as Buffer);
    }
    return hash.digest("hex");
}

async function digestsOf(directory: string, programs: readonly string[]): Promise<Digests> {
    const digests = programs.map(async (program) => [`${path.basename(directory)}/${program}`, await digestOf(path.join(directory, program))] as const);
    return Object.fromEntries(await Promise.all(digests));
}

/** Not a link: it is put in place as it is, and from there may lead to another file than the one that is digested here. */
const isPlain = (file: string): boolean => lstatSync(file, { throwIfNoEntry: false })?.isFile() === true;

/** Whether a folder of the cache has each of these programs just as it was built here, or as it is pinned. */
export async function isKnown(directory: string, programs: readonly string[]): Promise<boolean> {
    if (!programs.every((program) => isPlain(path.join(directory, program)))) {
        return false;
    }
    const known = [PINNED, builtFile()].map(read);
    return Object.entries(await digestsOf(directory, programs)).every(([program, digest]) => known.some((digests) => digests[program] === digest));
}

/** Notes what has just been built. */
export async function note(directory: string, programs: readonly string[]): Promise<void> {
    const built = builtFile();
    await ownFolder(path.dirname(built));
    await writeWhole(built, `${JSON.stringify({ ...read(built), ...await digestsOf(directory, programs) }, undefined, 2)}\n`);
}
