import { createHash } from "node:crypto";
import { cp, mkdir, readdir, readFile, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { REPOSITORY } from "../cli/repository";

const MODULES = ["node_modules", "policy/node_modules"];
const NOT_COPIED = [...MODULES, ".lab", ".git"];
/** Digests of the tools. */
const BUILT = ".lab/digests.json";
/** With this, `npm start` knows that the packages are those of the lock file. */
const STAMP = ".installed-from";

/** Links to the npm packages of this checkout for another one, as `npm ci` would install them, so that nothing is downloaded. */
export async function linkPackages(target: string): Promise<void> {
    for (const modules of MODULES) {
        const [from, to] = [path.join(REPOSITORY, modules), path.join(target, modules)];
        await mkdir(to);
        // Each by itself: were they installed anew in the copy, only links would go.
        await Promise.all((await readdir(from)).filter((name) => name !== STAMP).map((name) => symlink(path.join(from, name), path.join(to, name))));
    }
    const hash = createHash("sha256").update(await readFile(path.join(target, "package-lock.json"))).digest("hex");
    await writeFile(path.join(target, "node_modules", STAMP), hash);
    // What was built here is known there, where the cache is the same one.
    await cp(path.join(REPOSITORY, BUILT), path.join(target, BUILT)).catch(() => undefined);
}

/** A copy of this checkout as a newcomer has it, with links to the npm packages of this one so that nothing is downloaded. */
export async function copyCheckout(target: string): Promise<void> {
    await cp(REPOSITORY, target, { recursive: true, filter: (source) => !NOT_COPIED.includes(path.relative(REPOSITORY, source)) });
    await linkPackages(target);
}
