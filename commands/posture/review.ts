import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { EXIT_FOUND } from "../../cli/problem";
import { REPOSITORY } from "../../cli/repository";
import { verifiedPosture } from "../../policy/verified";
import { resourcesIn } from "../../policy/model/preview";
import { inWords as waiverInWords } from "../../policy/posture/waivers";
import { filesOf, postureFileOf, postureOf, type StackFiles } from "../../policy/posture/files";
import { clusterInWords } from "../../policy/review/clusters";
import { inWords, type Change } from "../../policy/review/changes";
import { partyInWords } from "../../policy/review/parties";
import { isLooser, review, type Review } from "../../policy/review/review";
import { previewOf, surroundingsOf, type Options } from "../preview-json";

function section(title: string, lines: readonly string[]): string[] {
    return lines.length === 0 ? [] : [`${title} (${String(lines.length)}):`, ...lines.map((line) => `  ${line}`)];
}

function reportOf({ changes, parties, clusters, forbidden, waivers }: Review): string {
    const of = (verdict: Change["verdict"]): string[] => changes.filter((change) => change.verdict === verdict).map(inWords);
    const lines = [
        ...section("Relaxations", of("looser")),
        ...section("New parties of the posture", Object.entries(parties).map(([name, party]) => partyInWords(name, party))),
        ...section("New clusters of the posture", clusters.map(clusterInWords)),
        ...section("Tightenings", of("tighter")),
        ...section("Neither", of("neutral")),
        ...section("Forbidden by the floor", forbidden),
        ...section("Waivers", waivers.map(waiverInWords)),
    ];
    return (changes.length + forbidden.length + clusters.length === 0 ? ["Just as approved.", ...lines] : lines).join("\n");
}

/** Prints how the stack differs from what is approved for it. @param posture reads that, before the preview, which takes its time */
function judge(stack: string, options: Options, posture: typeof verifiedPosture): Review & { readonly files: StackFiles } {
    const files = filesOf(stack);
    const { approved: file, exist } = files;
    const known = posture(stack);
    const json = previewOf(stack, options);
    const resources = resourcesIn(json);
    console.error(exist.approved ? `Against ${file}:` : `There is no ${file}, so that nothing is approved:`);
    const found = review(resources, { ...known, surroundings: surroundingsOf(json) });
    console.log(reportOf(found));
    return { ...found, files };
}

/** @returns the exit code: 1 where something is looser than approved */
export function diff(stack: string, options: Options): number {
    return isLooser(judge(stack, options, verifiedPosture)) ? EXIT_FOUND : 0;
}

/** Writes the file that approves the stack as it is. @returns the exit code: 1 where the floor forbids it, and nothing is written */
export function approve(stack: string, options: Options): number {
    // What is approved so far may break the floor: then this mends it.
    const { forbidden, changes, parties, clusters, next, files } = judge(stack, options, postureOf);
    if (forbidden.length > 0) {
        console.error("Nothing is written: nobody can approve what the floor forbids.");
        return EXIT_FOUND;
    }
    const posture = postureFileOf(stack);
    const approved = { ...posture, clusters: [...clusters, ...posture.clusters], parties: { ...posture.parties, ...parties } };
    const isBeyond = clusters.length + Object.keys(parties).length > 0;
    const written = { ...(changes.length === 0 ? {} : { [files.approved]: next }), ...(isBeyond ? { [files.posture]: `${JSON.stringify(approved, undefined, 2)}\n` } : {}) };
    for (const [file, text] of Object.entries(written)) {
        writeFileSync(join(REPOSITORY, file), text);
        console.error(`Wrote ${file}. Commit it by itself: a security reviewer approves it by approving that commit.`);
    }
    return 0;
}
