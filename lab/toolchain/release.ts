import { existsSync, readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { Problem } from "../../cli/problem";
import { step } from "../../cli/progress";
import { buildFolder, ownFolder } from "../files";
import { cacheDirectory } from "../paths";
import { download, go } from "./go";
import { KUBERNETES, type GoModule } from "./modules";

/** Names the release of Kubernetes that a control plane is of, where it isn't the pinned one: `v1.30.14`. */
export const RELEASE = "WIKIFUNCTIONS_LAB_KUBERNETES";

/** The module is only being made: Go may write what it requires. */
const WRITES = { GOFLAGS: "-mod=mod" };

/** @throws Problem for what is no release of Kubernetes 1 */
export function releaseOf(text: string): string {
    if (!/^v1\.\d+\.\d+$/.test(text)) {
        throw new Problem(`"${text}" is no release of Kubernetes; it must be one as v1.30.14.`);
    }
    return text;
}

/**
 * Kubernetes as this repository pins it, or the release that {@link RELEASE} names. That one has a module of its own, made of the go.mod
 * that it was released with; nothing pins it but Go's checksum database.
 * @throws Problem where there is no such release, in Go's words
 */
export async function kubernetes(env: NodeJS.ProcessEnv = process.env): Promise<GoModule> {
    const named = env[RELEASE] ?? "";
    if (named === "") {
        return KUBERNETES;
    }
    const release = releaseOf(named);
    const folder = path.join(await ownFolder(cacheDirectory()), `module-kubernetes-${release}`);
    if (!existsSync(folder)) {
        await step(`Getting the Go module of Kubernetes ${release}`, () => buildFolder(folder, (partial) => make(partial, release)));
    }
    return { ...KUBERNETES, name: `kubernetes-${release}`, folder };
}

async function make(folder: string, release: string): Promise<void> {
    const { GoMod: released } = await download(folder, `${KUBERNETES.source}@${release}`, WRITES);
    await writeFile(path.join(folder, "go.mod"), goModOf(readFileSync(released, "utf8"), release));
    const imports = Object.values(KUBERNETES.programs).map((source) => `\t_ "${source}"\n`).join("");
    await writeFile(path.join(folder, "tools.go"), `//go:build tools\n\npackage tools\n\nimport (\n${imports})\n`);
    await go(folder, ["mod", "tidy"], WRITES);
}

/**
 * What a module says that has a release's programs: the parts of Kubernetes that stand beside it in its repository are modules of their own
 * for everybody else, v0.30.14 of v1.30.14.
 * @param released the release's own go.mod
 */
export function goModOf(released: string, release: string): string {
    const parts = [...released.matchAll(/^\s*(?:replace )?(\S+) => \.\/staging\//gm)].map(([, part = ""]) => part);
    const language = /^go \S+$/m.exec(released)?.[0] ?? "go 1.22.0";
    const version = release.replace(/^v1/, "v0");
    return `module lab/kubernetes\n\n${language}\n\nrequire ${KUBERNETES.source} ${release}\n\nreplace (\n${parts.map((part) => `\t${part} => ${part} ${version}\n`).join("")})\n`;
}
