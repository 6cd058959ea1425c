import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { resourcesIn } from "../model/preview";
import { Problem } from "../model/problem";
import { inWords as waiverInWords } from "../posture/waivers";
import { inWords } from "../review/compare";
import { today } from "../posture/days";
import { fileOf, postureFileOf } from "../posture/posture";
import { review, type Review } from "../review/review";
import { makePreview } from "./preview";

const LOOSER = 1;
const POSTURES = join(__dirname, "../postures");

export interface Options {
    /** File with the JSON of a preview; `-` for the standard input. Left out, one is made. */
    readonly preview?: string;
}

/** The JSON of a preview: a new one, or what stands in the file. @throws Problem where there is none */
export function previewOf(stack: string, { preview: file }: Options): string {
    if (file === undefined) {
        console.error(`Previewing ${stack} …`);
        return makePreview(stack);
    }
    try {
        return readFileSync(file === "-" ? 0 : file, "utf8");
    } catch (error) {
        throw new Problem(`--preview ${file}: ${(error as Error).message}`);
    }
}

function section(title: string, lines: readonly string[]): string[] {
    return lines.length === 0 ? [] : [`${title} (${String(lines.length)}):`, ...lines.map((line) => `  ${line}`)];
}

function reportOf({ changes, forbidden, waivers }: Review): string {
    const lines = [
        ...section("Relaxations", changes.filter(({ looser }) => looser).map(inWords)),
        ...section("Tightenings", changes.filter(({ looser }) => !looser).map(inWords)),
        ...section("Forbidden by the floor", forbidden),
        ...section("Waivers", waivers.map(waiverInWords)),
    ];
    return (changes.length + forbidden.length === 0 ? ["Just as approved.", ...lines] : lines).join("\n");
}

/** Prints how the stack differs from its posture. */
function judge(stack: string, options: Options): Review & { readonly file: string } {
    const file = fileOf(stack);
    const approved = postureFileOf(stack);
    const resources = resourcesIn(previewOf(stack, options));
    console.error(existsSync(join(POSTURES, file)) ? `Against policy/postures/${file}:` : `There is no policy/postures/${file}, so that the strictest posture holds:`);
    const found = review(resources, approved, today());
    console.log(reportOf(found));
    return { ...found, file };
}

/** @returns the exit code: 1 where something is looser than approved */
export function diff(stack: string, options: Options): number {
    const { forbidden, changes } = judge(stack, options);
    return forbidden.length > 0 || changes.some(({ looser }) => looser) ? LOOSER : 0;
}

/** Writes the posture that approves the stack as it is. @returns the exit code: 1 where the floor forbids it, and nothing is written */
export function approve(stack: string, options: Options): number {
    const { forbidden, changes, next, profiles, file } = judge(stack, options);
    if (forbidden.length > 0) {
        console.error("Nothing is written: no posture can approve what the floor forbids.");
        return LOOSER;
    }
    if (changes.length > 0) {
        // Profiles are the same for all stacks.
        const written = { [file]: `${JSON.stringify(next, undefined, 2)}\n`, ...Object.fromEntries(Object.entries(profiles).map(([name, text]) => [`profiles/${name}`, text])) };
        for (const [name, text] of Object.entries(written)) {
            writeFileSync(join(POSTURES, name), text);
            console.error(`Wrote policy/postures/${name}. Commit it by itself: a security reviewer approves it by approving that commit.`);
        }
    }
    return 0;
}
