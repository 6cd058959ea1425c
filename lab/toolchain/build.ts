import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { rename, rm } from "node:fs/promises";
import path from "node:path";
import { buildFolder, isPartial, ownFolder, writeWhole } from "../files";
import { throwIfInterrupted } from "../../cli/interrupt";
import { cacheDirectory } from "../paths";
import { noSpace, Problem } from "../../cli/problem";
import { say, step } from "../../cli/progress";
import { lastLines, run } from "../../cli/run";
import { isKnown, note } from "./digests";
import { download, ENVIRONMENT, goVersion, LINES } from "./go";
import { folderOf, versionOf, type GoModule } from "./modules";

const KEY_DIGITS = 16;
/** What debuggers need isn't linked in, and making it takes a tenth of the time. */
const NO_DWARF = "-dwarf=false";

function flagsOf(module: GoModule): string[] {
    const stamps = module.stamps(versionOf(module)).map((stamp) => `-X ${stamp}`);
    const tags = module.tags === undefined ? [] : ["-tags", module.tags.join(",")];
    // Of several patterns that fit a package the last one counts.
    const unoptimised = (module.unoptimised ?? []).flatMap((pattern) => ["-gcflags", `${pattern}=${NO_DWARF} -N -l`]);
    return ["-mod=readonly", "-trimpath", "-gcflags", `all=${NO_DWARF}`, ...unoptimised, ...tags, "-ldflags", ["-s", "-w", ...stamps].join(" ")];
}

/** What decides about the result, beside the version of Go and the flags: all that the folder has. */
function pinsOf(module: GoModule): string[] {
    return readdirSync(folderOf(module)).sort().map((file) => readFileSync(path.join(folderOf(module), file), "utf8"));
}

/** Name of a build in the cache: another pin, flag or Go makes another one. */
export function cacheKey(parts: readonly string[]): string {
    const hash = createHash("sha256");
    parts.forEach((part) => hash.update(`${part.length}:${part}`));
    return hash.digest("hex").slice(0, KEY_DIGITS);
}

/** How the compiler and the linker say it; where depends on the step. */
const NO_SPACE = /no space left on device/;

/** Go names a program after its package, which isn't always its name; only a single one can be told another. */
function outputOf({ programs }: GoModule, into: string): string {
    const [name = "", ...others] = Object.keys(programs);
    return others.length === 0 ? path.join(into, name) : into + path.sep;
}

const OVERLAY = "overlay.json";

/** Has Go see the files of the source module that a package of ours embeds beside it. */
async function overlayOf(module: GoModule, into: string): Promise<string[]> {
    if (module.embeds === undefined) {
        return [];
    }
    const { Dir: source } = await download(folderOf(module), module.source);
    const files = module.embeds.map((file) => [path.join(folderOf(module), path.basename(file)), path.join(source, file)]);
    const overlay = path.join(into, OVERLAY);
    await writeWhole(overlay, JSON.stringify({ Replace: Object.fromEntries(files) as object }));
    return ["-overlay", overlay];
}

async function compile(module: GoModule, into: string, detail: (text: string) => void): Promise<void> {
    let packages = 0;
    const overlay = await overlayOf(module, into);
    const result = await run("go", ["build", "-v", ...flagsOf(module), ...overlay, "-o", outputOf(module, into), ...Object.values(module.programs)], {
        cwd: folderOf(module),
        env: ENVIRONMENT,
        // `go build -v` names each package when it starts on it.
        watch: (text) => {
            packages += text.split("\n").length - 1;
            detail(`${packages} packages`);
        },
    });
    await rm(path.join(into, OVERLAY), { force: true });
    throwIfInterrupted();
    if (result.failed && NO_SPACE.test(result.all ?? "")) {
        throw noSpace(`building ${module.name} in ${into}`);
    }
    if (result.failed) {
        throw new Problem(`Building ${module.name} failed:\n${lastLines(result.all ?? "", LINES)}`);
    }
    for (const [program, source] of Object.entries(module.programs)) {
        // Several at once are named after their packages.
        const named = path.join(into, path.basename(source));
        if (!existsSync(path.join(into, program)) && existsSync(named)) {
            await rename(named, path.join(into, program));
        }
        if (!existsSync(path.join(into, program))) {
            throw new Problem(`Building ${source} left no program ${program}.`);
        }
    }
}

async function removeCutOff(cache: string): Promise<void> {
    await Promise.all(readdirSync(cache).filter(isPartial).map((name) => rm(path.join(cache, name), { recursive: true, force: true })));
}

/** Folder of the module's programs in the cache, whether they are built or not. */
export async function targetOf(module: GoModule): Promise<string> {
    const go = await goVersion();
    return path.join(cacheDirectory(), `${module.name}-${cacheKey([go, ...flagsOf(module), ...Object.values(module.programs), ...pinsOf(module)])}`);
}

/** Folder with the module's programs, built now unless the cache has just this build, and as it came from the compiler. Callers hold the cache's lock. */
export async function build(module: GoModule): Promise<string> {
    const directory = await targetOf(module);
    const programs = Object.keys(module.programs);
    if (!await isKnown(directory, programs)) {
        if (existsSync(directory)) {
            say(`${directory} isn't what this checkout has built or pins, so it is built again.`);
        }
        await rm(directory, { recursive: true, force: true });
        await removeCutOff(await ownFolder(path.dirname(directory)));
        await step(`Building ${module.name} ${versionOf(module)} from its Go module`, async (detail) => {
            await buildFolder(directory, (partial) => compile(module, partial, detail));
        });
        await note(directory, programs);
    }
    return directory;
}
