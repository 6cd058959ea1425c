import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { copyFile, mkdtemp, readdir, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { buildFolder } from "../files";
import { ARCHIVE, buildImages } from "../images/build";
import { withLock } from "../lock";
import { REPOSITORY } from "../../cli/repository";
import { cacheDirectory } from "../paths";
import { Problem } from "../../cli/problem";
import { step } from "../../cli/progress";
import { build, cacheKey, targetOf } from "../toolchain/build";
import { CNI, CONTAINERD, GVISOR, NETWORK_POLICIES, NODE_KUBERNETES, type GoModule } from "../toolchain/modules";
import { onPath } from "../toolchain/official";
import { importImages } from "./import";
import { ARCHITECTURE, readPackageLists, unpackPackages } from "./packages";
import { makeDisk } from "./rootfs";

/** Debian's packages: what runs on this machine, what runs in the node, and its kernel. */
const PACKAGES = {
    host: ["qemu-system-x86", "kmod", "e2fsprogs"],
    programs: ["busybox-static", "runc", "apparmor", "nftables", "iproute2", "kmod", "mount", "util-linux"],
    kernel: ["linux-image-amd64"],
} as const;

/** Modules whose programs run in the node, and where these stand there. */
const PROGRAMS: readonly (readonly [GoModule, string])[] = [[CONTAINERD, "usr/bin"], [NODE_KUBERNETES, "usr/bin"], [NETWORK_POLICIES, "usr/bin"], [GVISOR, "usr/bin"], [CNI, "opt/cni/bin"]];

/** What else decides about the images: their sources, and the names under which the stack asks for them. */
const SOURCES = [...["files", "index.ts", "packages.ts", "rootfs.ts"].map((name) => `lab/node/${name}`), "lab/images", "infra/apparmor/image", "Pulumi.yaml", "Pulumi.local.yaml"];

/** What it takes of this machine, and the Debian package that has it. */
const NEEDED = { "apt-get": "apt", "dpkg-deb": "dpkg", tar: "tar", gzip: "gzip", cp: "coreutils", openssl: "openssl" } as const;

/** Why this machine can't have a node, in words for the user; undefined where it can. */
export function missingForNode(env: NodeJS.ProcessEnv = process.env, machine: string = `${process.platform} ${process.arch}`): string | undefined {
    if (machine !== "linux x64") {
        return `a node needs Linux on x86-64, and this is ${machine}`;
    }
    const missing = Object.entries(NEEDED).filter(([program]) => onPath(program, env) === undefined).map(([program, from]) => `${program} (of Debian's package ${from})`);
    return missing.length === 0 ? undefined : `a node needs ${missing.join(", ")} on PATH`;
}

/** A node that is ready to boot: a folder with `kernel`, `initrd`, `disk`, `busybox` and the unpacked packages in `host`. */
export interface NodeImage {
    readonly directory: string;
}

async function filesBelow(entry: string): Promise<string[]> {
    const directory = path.join(REPOSITORY, entry);
    if ((await stat(directory)).isFile()) {
        return [directory];
    }
    const entries = await readdir(directory, { withFileTypes: true, recursive: true });
    return entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name)).sort();
}

async function keyOf(programs: readonly string[]): Promise<string> {
    const sources = (await Promise.all(SOURCES.map(filesBelow))).flat();
    const texts = await Promise.all(sources.map((file) => readFile(file)));
    return cacheKey([ARCHITECTURE, ...programs.map((folder) => path.basename(folder)), ...sources.map((file) => path.relative(REPOSITORY, file)), ...texts.map((text) => createHash("sha256").update(text).digest("hex"))]);
}

/** Folder of the node in the cache, whether it is built or not. @param programs folders of the modules' programs */
async function imageOf(programs: readonly string[]): Promise<string> {
    return path.join(cacheDirectory(), `node-${await keyOf(programs)}`);
}

/** Whether the cache has just this node, so that nothing is to be built before it can boot. */
export async function isNodeBuilt(): Promise<boolean> {
    return existsSync(await imageOf(await Promise.all(PROGRAMS.map(([module]) => targetOf(module)))));
}

async function assemble(into: string, built: Readonly<Record<string, string>>): Promise<void> {
    const scratch = await mkdtemp(path.join(tmpdir(), "wikifunctions-node-"));
    try {
        const state = path.join(scratch, "apt");
        const folders = { host: path.join(into, "host"), programs: path.join(scratch, "programs"), kernel: path.join(scratch, "kernel") };
        await step("Reading the lists of Debian's packages", () => readPackageLists(state));
        for (const part of ["host", "programs", "kernel"] as const) {
            await step(`Unpacking ${PACKAGES[part].join(", ")}`, () => unpackPackages(state, PACKAGES[part], folders[part]));
        }
        const images = path.join(scratch, "images");
        await step("Building the container images", (detail) => buildImages(state, images, detail));
        await step("Building the node's disk", () => makeDisk({ ...folders, built, images: [path.join(images, ARCHIVE)] }, scratch, into));
        await copyFile(path.join(folders.programs, "usr/bin/busybox"), path.join(into, "busybox"));
    } finally {
        await rm(scratch, { recursive: true, force: true });
    }
    await step("Importing the container images on the node", (detail) => importImages(into, detail));
}

/**
 * Gets all that a node is made of, built now unless the cache has it.
 * @throws Problem where this machine can't
 */
export async function ensureNode(): Promise<NodeImage> {
    const missing = missingForNode();
    if (missing !== undefined) {
        throw new Problem(`There can be no node: ${missing}.`);
    }
    return withLock(cacheDirectory(), "the tool chain", async () => {
        const folders: string[] = [];
        const built: Record<string, string> = {};
        for (const [module, target] of PROGRAMS) {
            const folder = await build(module);
            folders.push(folder);
            Object.keys(module.programs).forEach((program) => { built[path.join(target, program)] = path.join(folder, program); });
        }
        const directory = await imageOf(folders);
        if (!existsSync(directory)) {
            await buildFolder(directory, (partial) => assemble(partial, built));
        }
        return { directory };
    });
}
