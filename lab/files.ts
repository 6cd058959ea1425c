import { randomBytes } from "node:crypto";
import { chmod, mkdir, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";

/** Everything of the lab is its owner's alone: tokens, keys, and a state that tells what runs. */
export const OWNER_FILE = 0o600;
export const OWNER_PROGRAM = 0o700;
const OWNER_FOLDER = 0o700;
/** What a umask takes from them. */
export const OTHERS = 0o077;

/** Makes a folder that only its owner can enter. */
export async function ownFolder(directory: string): Promise<string> {
    await mkdir(directory, { recursive: true, mode: OWNER_FOLDER });
    await chmod(directory, OWNER_FOLDER);
    return directory;
}

/** Writes a file whole or not at all: a full disk or a Ctrl-C leaves the old one. */
export async function writeWhole(file: string, text: string, mode: number = OWNER_FILE): Promise<void> {
    const partial = `${file}.${randomBytes(4).toString("hex")}`;
    try {
        await writeFile(partial, text, { mode });
        await rename(partial, file);
    } catch (error) {
        await rm(partial, { force: true });
        throw error;
    }
}

/** Builds a folder beside its place and moves it there when it is complete. */
export async function buildFolder(directory: string, build: (partial: string) => Promise<void>): Promise<void> {
    const partial = `${directory}.partial-${randomBytes(4).toString("hex")}`;
    try {
        await ownFolder(partial);
        await build(partial);
        await rename(partial, directory);
    } finally {
        await rm(partial, { recursive: true, force: true });
    }
}

/** Whether a folder's name is that of a build which was cut off. */
export function isPartial(name: string): boolean {
    return path.basename(name).includes(".partial-");
}
