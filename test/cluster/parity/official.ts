import { createWriteStream, existsSync } from "node:fs";
import { chmod, mkdir, symlink } from "node:fs/promises";
import path from "node:path";
import execa from "execa";
import { installedProvider } from "../../../lab/toolchain/official";
import { REPOSITORY } from "../../../cli/repository";

const PLUGIN = "pulumi-resource-kubernetes";
/** Where a checkout may have a packed build of the official plugin beside it. */
const PACKED = path.join(REPOSITORY, "../shared/toolchain", `${PLUGIN}.xz`);

export const MISSING = {
    what: "comparison of the small Kubernetes provider with the official one",
    missing: `Pulumi's official ${PLUGIN} (not on PATH, not among the installed plugins)`,
    remedy: "pulumi plugin install resource kubernetes 4.34.2",
} as const;

/** Puts the official plugin into a folder to have on PATH. @returns whether there is one on this machine */
export async function placeOfficial(folder: string): Promise<boolean> {
    await mkdir(folder, { recursive: true });
    const target = path.join(folder, PLUGIN);
    const installed = installedProvider();
    if (installed !== undefined) {
        await symlink(installed, target);
        return true;
    }
    if (!existsSync(PACKED)) {
        return false;
    }
    const unpacking = execa("xz", ["--decompress", "--stdout", PACKED], { buffer: false });
    unpacking.stdout?.pipe(createWriteStream(target));
    await unpacking;
    await chmod(target, 0o755);
    return true;
}
