import { chmod, copyFile, link, mkdir, rename, rm, symlink } from "node:fs/promises";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { OWNER_PROGRAM, writeWhole } from "../files";
import { REPOSITORY } from "../paths";

async function replace(target: string, make: (partial: string) => Promise<void>): Promise<void> {
    const partial = `${target}.${process.pid}`;
    await mkdir(path.dirname(target), { recursive: true });
    await rm(partial, { force: true });
    try {
        await make(partial);
        await rename(partial, target);
    } finally {
        // Also after a success: renaming a link to the file that is in place already does nothing and leaves both.
        await rm(partial, { force: true });
    }
}

/** Lets a name point to a program that stays where it is: an official one looks for its parts beside itself. */
export function pointTo(target: string, program: string): Promise<void> {
    return replace(target, (partial) => symlink(program, partial));
}

/** Puts a program of the cache in place itself: `pulumi` looks for the language host beside its own file, not beside a link to it. */
export function putInPlace(target: string, program: string): Promise<void> {
    return replace(target, async (partial) => {
        await link(program, partial).catch(() => copyFile(program, partial));
        await chmod(partial, OWNER_PROGRAM);
    });
}

/** A program that runs one of this repository's TypeScript files, wherever it is called from. */
export function wrap(target: string, script: string): Promise<void> {
    const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
    const loader = path.join(REPOSITORY, "node_modules/tsx/dist/loader.mjs");
    return writeWhole(target, `#!/bin/sh\nexec ${quoted(process.execPath)} --import ${quoted(pathToFileURL(loader).href)} ${quoted(path.join(REPOSITORY, script))} "$@"\n`, OWNER_PROGRAM);
}
