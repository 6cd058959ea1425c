import { inWords as waiverInWords } from "../../policy/posture/waivers";
import { inWords, type Change } from "../../policy/review/changes";
import type { Review } from "../../policy/review/review";

const SPECIAL = /[\\`*_{}[\]<>#|~@]/g;
/** Text that may come from whoever asks for the merge, without what Markdown or HTML would make something else of. */
export const escaped = (text: string): string => text.replaceAll(/\s+/g, " ").replaceAll(SPECIAL, (character) => `\\${character}`);

/** A list below a heading; nothing where it is empty. */
export function section(title: string, lines: readonly string[]): string[] {
    return lines.length === 0 ? [] : [`#### ${title}`, "", ...lines.map((line) => `- ${escaped(line)}`), ""];
}

/** How a stack differs from what is approved for it, as a comment on a merge request. */
export function markdown(stack: string, { changes, forbidden, waivers }: Review): string {
    const of = (verdict: Change["verdict"]): Change[] => changes.filter((change) => change.verdict === verdict);
    const looser = of("looser");
    const verdict = forbidden.length + looser.length > 0 ? "looser than approved: blocked" : of("tighter").length > 0 ? "tighter than approved" : changes.length > 0 ? "no looser than approved" : "just as approved";
    return [
        `### Stack \`${stack}\`: ${verdict}`,
        "",
        ...section("Forbidden by the floor", forbidden),
        ...section("Relaxations", looser.map(inWords)),
        ...section("Tightenings", of("tighter").map(inWords)),
        ...section("Neither", of("neutral").map(inWords)),
        ...section("Waivers", waivers.map(waiverInWords)),
    ].join("\n");
}
