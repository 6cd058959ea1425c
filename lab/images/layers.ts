import { chmod, copyFile, mkdir, readdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { throwIfInterrupted } from "../../cli/interrupt";
import { commandIn, unpackPackages } from "../node/packages";
import { run, succeed } from "../../cli/run";
import type { Recipe } from "./recipes";

const DEFAULT_MODE = "644";
/** Parts of packages that no service here uses, as the shell's patterns; what is small stays. */
const UNUSED = [
    "usr/lib/*/gconv",
    "usr/lib/*/perl-base",
    "usr/bin/dpkg*",
    "usr/bin/tar",
    ...["ensurepip", "idlelib", "lib2to3", "pydoc_data"].map((module) => `usr/lib/python3.*/${module}`),
    "var",
];
const PYTHON = /^python3\.\d+$/;
const ACCOUNTS = {
    "etc/passwd": "root:x:0:0:root:/root:/usr/sbin/nologin\nsomebody:x:900:900:somebody:/srv/service:/usr/sbin/nologin\n",
    "etc/group": "root:x:0:\nsomebody:x:900:\n",
};

/** A folder of an image. Whoever builds it, with whatever umask: everybody may enter. */
async function open(folder: string): Promise<void> {
    await mkdir(folder, { recursive: true });
    await chmod(folder, 0o755);
}

/** Nobody can write to the image later, so that each start would compile every module anew. Marked as fitting, whatever the source's time. */
async function compilePython(root: string): Promise<void> {
    const libraries = path.join(root, "usr/lib");
    for (const name of (await readdir(libraries).catch(() => [])).filter((entry) => PYTHON.test(entry))) {
        const library = path.join(libraries, name);
        const [program, ...args] = commandIn(root, "usr/bin/python3");
        const compile = ["-B", "-m", "compileall", "-q", "--invalidation-mode", "unchecked-hash", "-s", root, "-p", "/", library];
        await succeed(program, [...args, ...compile], { env: { PYTHONHOME: path.join(root, "usr"), PYTHONHASHSEED: "0" } }, (said) => `Python's modules could not be compiled in ${library}:\n${said}`);
    }
}

/** The layer of Debian packages. @param state see `readPackageLists` */
export async function packageLayer(state: string, packages: readonly string[], root: string): Promise<void> {
    await unpackPackages(state, packages, root);
    await run("sh", ["-c", `rm -rf -- ${UNUSED.join(" ")}`], { cwd: root });
    throwIfInterrupted();
    await compilePython(root);
}

/** The layer of an image's own files, and of what every image has. */
export async function fileLayer({ files }: Recipe, root: string): Promise<void> {
    await open(root);
    for (const folder of ["etc", "tmp"]) {
        await open(path.join(root, folder));
    }
    await chmod(path.join(root, "tmp"), 0o1777);
    for (const [file, text] of Object.entries(ACCOUNTS)) {
        await writeFile(path.join(root, file), text);
    }
    for (const { from, to, mode = DEFAULT_MODE } of files) {
        const target = path.join(root, to);
        await open(path.dirname(target));
        await copyFile(from, target);
        await chmod(target, parseInt(mode, 8));
    }
}
