import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { previewOf, surroundingsOf } from "../commands/preview-json";
import { resourcesIn } from "../policy/model/preview";
import { Problem } from "../cli/problem";
import { today } from "../policy/posture/days";
import { filesOf } from "../policy/posture/files";
import { verifiedPosture } from "../policy/verified";
import { isClean, reportOf, type Report } from "./contents";
import { html } from "./html/page";
import { markdown } from "./markdown";
import { count } from "./words";

export interface Options {
    readonly output: string;
    /** File with the JSON of a preview; `-` for the standard input. Left out, one is made. */
    readonly preview?: string;
}

const FORMATS: Readonly<Record<string, (report: Report) => string>> = { html, md: markdown };

/** npm runs scripts in the package's folder; the user's paths start where the user stood. */
const folder = (process.env["npm_lifecycle_event"] === "report" ? process.env["INIT_CWD"] : undefined) ?? process.cwd();

/**
 * Writes the report of a stack, whatever it says.
 * @returns whether the stack is clean
 * @throws Problem where it can't be previewed, or the files can't be written
 */
export function write(stack: string, { output, preview }: Options): boolean {
    // Before the preview, which takes its time.
    const { approved } = filesOf(stack);
    const known = verifiedPosture(stack);
    const given = preview === undefined || preview === "-" ? preview : path.resolve(folder, preview);
    const json = previewOf(stack, given === undefined ? {} : { preview: given });
    const [resources, posture] = [resourcesIn(json), { ...known, surroundings: surroundingsOf(json) }];
    const day = today();
    const report = reportOf({ stack, resources, posture, postureFile: approved, day });
    for (const written of save(report, path.resolve(folder, output))) {
        console.error(`Wrote ${written}`);
    }
    const relaxations = report.changes.filter(({ verdict }) => verdict === "looser").length;
    console.log(`${stack}: ${count(report.violations.length, "violation")}, ${count(relaxations, "relaxation")}, ${count(report.waivers.length, "waiver")}.`);
    return isClean(report);
}

/** @returns the files that it wrote */
function save(report: Report, target: string): string[] {
    try {
        mkdirSync(target, { recursive: true });
        return Object.entries(FORMATS).map(([extension, render]) => {
            const file = path.join(target, `${report.stack}.${extension}`);
            writeFileSync(file, render(report));
            return file;
        });
    } catch (error) {
        throw (error as NodeJS.ErrnoException).code === undefined ? error : new Problem(`--output ${target}: ${(error as Error).message}`);
    }
}
