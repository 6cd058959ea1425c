import { mkdir, readdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { ownFolder } from "../files";
import { lastLines, run, succeed } from "../../cli/run";

/** What is built here runs on this machine's architecture, and only this one has been tried. */
export const ARCHITECTURE = "amd64";

/** Debian's own packages only: another archive of this machine may have some under the same name. */
const PREFERENCES = `Package: *
Pin: release o=Debian
Pin-Priority: 1001

Package: *
Pin: release o=*
Pin-Priority: -1
`;

/** Files of packages that no program reads. */
const UNREAD = ["usr/share/doc", "usr/share/man", "usr/share/locale", "usr/share/lintian", "usr/share/bug"];

/** Debian since bookworm: these are links into usr, whichever of both a package names. */
const MERGED = ["bin", "sbin", "lib", "lib64"];

/** How many lines of a failure tell why. */
const LINES = 4;

/** apt with a state of its own, so that nothing of this machine is changed: no package counts as installed, so that all dependencies are fetched. */
function options(state: string): string[] {
    return [
        "-qq",
        `-oDir::State=${state}`,
        `-oDir::State::status=${state}/status`,
        `-oDir::Cache=${state}/cache`,
        `-oDir::Etc::preferences=${state}/preferences`,
        "-oDir::Etc::preferencesparts=/dev/null",
        "-oAPT::Sandbox::User=",
        `-oAPT::Architecture=${ARCHITECTURE}`,
        "-oAPT::Install-Recommends=false",
        // Nothing is installed, so that nothing has to be trusted to run as root; where this isn't root, the locks couldn't be had.
        "-oDebug::NoLocking=true",
    ];
}

async function apt(state: string, ...args: readonly string[]): Promise<void> {
    await succeed("apt-get", [...options(state), ...args], { env: { DEBIAN_FRONTEND: "noninteractive", LC_ALL: "C" } },
        (said) => `Debian's packages could not be fetched, with the archives in this machine's apt sources:\n${lastLines(said, LINES)}`);
}

/** A folder for apt to work in, with fresh lists of what there is. @throws Problem where this machine's apt reaches no Debian archive */
export async function readPackageLists(state: string): Promise<void> {
    for (const folder of ["lists/partial", "cache/archives/partial"]) {
        await mkdir(path.join(state, folder), { recursive: true });
    }
    await writeFile(path.join(state, "status"), "");
    await writeFile(path.join(state, "preferences"), PREFERENCES);
    await apt(state, "update");
}

/**
 * Unpacks packages with all that they depend on into a folder, without installing: no script of theirs runs.
 * @param state see {@link readPackageLists}
 */
export async function unpackPackages(state: string, names: readonly string[], into: string): Promise<void> {
    const archives = path.join(await ownFolder(path.join(state, "cache")), "archives");
    await apt(state, "clean");
    await mkdir(path.join(archives, "partial"), { recursive: true });
    await apt(state, "--download-only", "--yes", "install", ...names);
    await mkdir(into, { recursive: true, mode: 0o755 });
    const files = (await readdir(archives)).filter((file) => file.endsWith(".deb"));
    const unpack = [
        "set -e",
        `for name in ${MERGED.join(" ")}; do mkdir -p "$1/usr/$name"; ln -sfn "usr/$name" "$1/$name"; done`,
        `for deb in ${files.map((file) => `'${file}'`).join(" ")}; do dpkg-deb --fsys-tarfile "$deb" | tar -x -C "$1" --keep-directory-symlink --no-same-owner; done`,
    ];
    await succeed("sh", ["-c", unpack.join("\n"), "sh", into], { cwd: archives }, (said) => `Debian's packages could not be unpacked into ${into}:\n${lastLines(said, LINES)}`);
    await run("rm", ["-rf", ...UNREAD.map((folder) => path.join(into, folder))], {});
}

/** The command line that runs a program of such a folder with the folder's own libraries, on whatever system this is. */
export function commandIn(root: string, program: string, as: string = path.basename(program)): readonly [string, ...string[]] {
    const libraries = ["usr/lib/x86_64-linux-gnu", "usr/lib"].map((folder) => path.join(root, folder)).join(":");
    return [path.join(root, "usr/lib64/ld-linux-x86-64.so.2"), "--library-path", libraries, "--argv0", as, path.join(root, program)];
}
