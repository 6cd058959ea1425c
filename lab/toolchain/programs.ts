import { chmod, copyFile, link, mkdir, rename, rm, symlink } from "node:fs/promises";
import path from "node:path";
import { build } from "esbuild";
import { OWNER_PROGRAM, writeWhole } from "../files";
import { REPOSITORY } from "../../cli/repository";
import { quoted } from "../../cli/shell";

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

/**
 * A program that runs one of this repository's TypeScript files, wherever it is called from. In one file with all that it imports: `pulumi`
 * starts it with every preview, and from hundreds of files that takes seconds.
 */
export async function wrap(target: string, script: string): Promise<void> {
    const bundle = `${target}.cjs`;
    const { outputFiles: [file] } = await build({ entryPoints: [path.join(REPOSITORY, script)], bundle: true, platform: "node", format: "cjs", target: `node${process.versions.node}`, write: false, logLevel: "silent" });
    await writeWhole(bundle, file?.text ?? "");
    await writeWhole(target, `#!/bin/sh\nexec ${quoted(process.execPath)} ${quoted(bundle)} "$@"\n`, OWNER_PROGRAM);
}
