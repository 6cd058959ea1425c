import { closeSync, createReadStream, openSync, readSync, statSync } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import path from "node:path";
import type { Readable } from "node:stream";
import type { Budget } from "./budget";
import { inMebibytes, LIMITS } from "./limits";
import { Unreadable } from "./unreadable";

export const STDIN = "-";
const MANIFEST = /\.(ya?ml|json)$/i;

/** An input as the user named it, and where it is. */
export interface Input {
    readonly file: string;
    readonly location: string;
}

/**
 * The files that the arguments mean, each once: themselves, and those of folders in the order of their paths.
 * @throws Unreadable naming what isn't there, and a folder without a manifest
 */
export async function inputsOf(named: readonly string[], folder: string): Promise<Input[]> {
    const inputs = new Map<string, Input>();
    for (const file of named) {
        for (const input of file === STDIN ? [{ file, location: STDIN }] : await expand(file, path.resolve(folder, file))) {
            inputs.set(input.location, inputs.get(input.location) ?? input);
        }
    }
    return [...inputs.values()];
}

async function expand(file: string, location: string): Promise<Input[]> {
    const found = await stat(location).catch((error: unknown) => { throw failure(file, error); });
    if (!found.isDirectory()) {
        return [{ file, location }];
    }
    // Links to files are followed, links to folders aren't: they may lead back.
    const members = await readdir(location, { recursive: true, withFileTypes: true }).catch((error: unknown) => { throw failure(file, error); });
    const files = members.filter((member) => MANIFEST.test(member.name) && !member.isDirectory()).map((member) => path.relative(location, path.join(member.parentPath, member.name)));
    if (files.length === 0) {
        throw new Unreadable({ file }, "there is no *.yaml, *.yml or *.json in this folder");
    }
    return files.sort().map((member) => ({ file: path.join(file, member), location: path.join(location, member) }));
}

/**
 * What stands in the input. Reads no further than the limit, because a pipe or a device tells no size.
 * @throws Unreadable where it isn't there, may not be read, or is too large
 */
export async function bytesOf({ file, location }: Input, stdin: Readable, budget: Budget): Promise<Buffer> {
    const chunks: Buffer[] = [];
    let length = 0;
    try {
        const whole = location === STDIN ? undefined : atOnce(location);
        for await (const chunk of whole ?? ((location === STDIN ? stdin : createReadStream(location)) as AsyncIterable<Buffer>)) {
            length += chunk.length;
            if (length > LIMITS.fileBytes) {
                throw new Unreadable({ file }, `larger than ${inMebibytes(LIMITS.fileBytes)}`);
            }
            budget.takeBytes(chunk.length, { file });
            chunks.push(chunk);
        }
    } catch (error) {
        throw failure(file, error);
    }
    return Buffer.concat(chunks);
}

/** A regular file's bytes, in a fraction of a stream's time. Undefined for what a stream has to read: pipes, devices, and what tells no size or another one. */
function atOnce(location: string): [Buffer] | undefined {
    const found = statSync(location);
    if (!found.isFile() || found.size === 0 || found.size > LIMITS.fileBytes) {
        return undefined;
    }
    const handle = openSync(location, "r");
    try {
        const bytes = Buffer.allocUnsafe(found.size + 1);
        return readSync(handle, bytes, 0, bytes.length, 0) === found.size ? [bytes.subarray(0, found.size)] : undefined;
    } finally {
        closeSync(handle);
    }
}

const REASONS: Readonly<Record<string, string>> = {
    ENOENT: "there is no such file or folder",
    ENOTDIR: "there is no such file or folder",
    EACCES: "may not be read",
    EPERM: "may not be read",
    EISDIR: "a folder, not a file",
    ELOOP: "a link that leads to itself",
    ENAMETOOLONG: "there is no such file or folder",
};

function failure(file: string, error: unknown): Error {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    return error instanceof Unreadable || code === "" ? (error as Error) : new Unreadable({ file }, REASONS[code] ?? `can't be read (${code})`);
}
