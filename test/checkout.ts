import { createHash } from "node:crypto";
import { cp, mkdir, readdir, readFile, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { REPOSITORY } from "../lab/paths";

const NOT_COPIED = ["node_modules", ".lab", ".git"];
/** With this, `npm start` knows that the packages are those of the lock file. */
const STAMP = ".installed-from";

/** A copy of this checkout as a newcomer has it, with links to the npm packages of this one so that nothing is downloaded. */
export async function copyCheckout(target: string): Promise<void> {
    await cp(REPOSITORY, target, { recursive: true, filter: (source) => !NOT_COPIED.includes(path.relative(REPOSITORY, source)) });
    const [from, to] = [REPOSITORY, target].map((folder) => path.join(folder, "node_modules")) as [string, string];
    await mkdir(to);
    // Each by itself: were they installed anew in the copy, only links would go.
    await Promise.all((await readdir(from)).filter((name) => name !== STAMP).map((name) => symlink(path.join(from, name), path.join(to, name))));
    await writeFile(path.join(to, STAMP), createHash("sha256").update(await readFile(path.join(target, "package-lock.json"))).digest("hex"));
}
