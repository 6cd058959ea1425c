import { existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import path from "node:path";
import { folders } from "../environment";
import { ownFolder, writeWhole } from "../files";
import { withLock } from "../lock";
import { cacheDirectory, LAB_MARK } from "../paths";
import { build } from "./build";
import { ETCD, PROVIDER, PULUMI, versionOf, type GoModule } from "./modules";
import { installedProvider, installedPulumi } from "./official";
import { kubernetes } from "./release";
import { pointTo, putInPlace, wrap } from "./programs";

/** One tool, and where it is from, in words for the user. */
export interface Tool {
    readonly name: string;
    readonly from: string;
}

/** Everything that the embedded cluster and `pulumi` need, in one folder to put first on PATH. */
export interface Toolchain {
    readonly bin: string;
    readonly tools: readonly Tool[];
}

const built = (module: GoModule): string => `built from ${module.source} ${versionOf(module)}`;

async function pulumi(bin: string): Promise<Tool[]> {
    const target = path.join(bin, "pulumi");
    const host = path.join(bin, "pulumi-language-nodejs");
    const official = installedPulumi();
    if (official !== undefined) {
        await pointTo(target, official);
    } else {
        await putInPlace(target, path.join(await build(PULUMI), "pulumi"));
    }
    const bundled = official === undefined ? undefined : path.join(path.dirname(official), "pulumi-language-nodejs");
    const bundledHost = bundled !== undefined && existsSync(bundled) ? bundled : undefined;
    if (bundledHost === undefined) {
        await wrap(host, "lab/language-host/main.ts");
    } else {
        // On PATH as well, and found beside the CLI: the same one twice.
        await rm(host, { force: true });
    }
    return [
        { name: "pulumi", from: official === undefined ? built(PULUMI) : `official: ${official}` },
        { name: "pulumi-language-nodejs", from: bundledHost === undefined ? "this repository's lab/language-host, the one stand-in" : `official: ${bundledHost}` },
    ];
}

/** Puts a module's programs in place. */
async function placed(module: GoModule, bin: string): Promise<Tool[]> {
    const directory = await build(module);
    const names = Object.keys(module.programs);
    await Promise.all(names.map((name) => putInPlace(path.join(bin, name), path.join(directory, name))));
    return names.map((name) => ({ name, from: built(module) }));
}

async function provider(bin: string): Promise<Tool[]> {
    const official = installedProvider();
    if (official === undefined) {
        return placed(PROVIDER, bin);
    }
    const name = "pulumi-resource-kubernetes";
    await pointTo(path.join(bin, name), official);
    return [{ name, from: `official: ${official}` }];
}

/**
 * Gets every tool, the official ones where they are installed. What is built already is only compared with its digest.
 * @throws Problem when Go is missing or too old for what has to be built.
 */
export async function ensureToolchain(): Promise<Toolchain> {
    const bin = await ownFolder(folders().bin);
    await writeWhole(path.join(bin, LAB_MARK), "");
    return withLock(cacheDirectory(), "the tool chain", async () => ({
        bin,
        tools: [...await pulumi(bin), ...await provider(bin), ...await placed(ETCD, bin), ...await placed(await kubernetes(), bin)],
    }));
}
