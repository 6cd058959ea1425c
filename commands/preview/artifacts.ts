import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { rules } from "../../policy/rules/index";
import { judgeManifests, type Judged } from "../../policy/manifests/judge";
import type { Resource } from "../../policy/model/resource";
import { stackOf } from "../../policy/model/stack";
import { today } from "../../policy/posture/days";
import { onDay, postureFileOf } from "../../policy/posture/posture";
import { review } from "../../policy/review/review";
import { junit } from "../../policy/reports/junit";
import { sarif } from "../../policy/reports/sarif";
import { findingsIn } from "../../policy/reports/words";
import { markdown } from "./markdown";

/** A previewed stack held against the pack's rules. Resources have no line of their own: they are shown at the stack's file. */
export function judgePreview(stack: string, resources: readonly Resource[]): Judged {
    const place = { file: `Pulumi.${stack}.yaml`, line: 1, column: 1 };
    return judgeManifests(resources.map((resource) => ({ resource, placeOf: () => place })), rules, onDay(postureFileOf(stack), today()), stackOf(resources));
}

/**
 * Writes `results.sarif`, `junit.xml` and `posture.md`, for whoever reads a merge request.
 * @param version of the pack @returns whether all that was found is as approved, or tighter
 */
export async function writeArtifacts(folder: string, stack: string, resources: readonly Resource[], version: string): Promise<boolean> {
    const [judged, found] = [judgePreview(stack, resources), review(resources, postureFileOf(stack), today())];
    await mkdir(folder, { recursive: true });
    const write = (file: string, text: string): Promise<void> => writeFile(path.join(folder, file), text);
    await write("results.sarif", [...sarif(judged, version)].join(""));
    await write("junit.xml", [...junit(judged)].join(""));
    await write("posture.md", markdown(stack, found));
    return findingsIn(judged) === 0 && found.forbidden.length === 0 && !found.changes.some(({ looser }) => looser);
}
