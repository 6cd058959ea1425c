import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { surroundingsOf } from "../preview-json";
import { judgeManifests, type Judged } from "../../policy/manifests/judge";
import { resourcesIn } from "../../policy/model/preview";
import { stackOf } from "../../policy/model/stack";
import { junit } from "../../policy/reports/junit";
import { sarif } from "../../policy/reports/sarif";
import { findingsIn } from "../../policy/reports/words";
import { isLooser, review, type Review } from "../../policy/review/review";
import { rules } from "../../policy/rules/index";
import { verifiedPosture } from "../../policy/verified";
import { ARTIFACTS } from "./destination";
import { markdown } from "./markdown";

/** A previewed stack held against the pack's rules, and against what is approved for it. */
export interface Held {
    readonly judged: Judged;
    readonly review: Review;
}

/**
 * Holds the JSON of a preview against the rules, which see there what Pulumi hides from policies: retainOnDelete, deletedWith and the
 * like. Resources have no line of their own: they are shown at the stack's file.
 */
export function hold(stack: string, json: string): Held {
    const [resources, posture] = [resourcesIn(json), verifiedPosture(stack, surroundingsOf(json))];
    const place = { file: `Pulumi.${stack}.yaml`, line: 1, column: 1 };
    const manifests = resources.map((resource) => ({ resource, placeOf: () => place }));
    return { judged: judgeManifests(manifests, rules, posture, stackOf(resources)), review: review(resources, posture) };
}

/** Whether all that was found is as approved, or tighter. */
export function isApproved({ judged, review: found }: Held): boolean {
    return findingsIn(judged) === 0 && !isLooser(found);
}

/**
 * Writes `results.sarif`, `junit.xml` and `posture.md`, for whoever reads a merge request.
 * @param version of the pack
 */
export async function writeArtifacts(folder: string, stack: string, { judged, review: found }: Held, version: string): Promise<void> {
    await mkdir(folder, { recursive: true });
    const write = (file: string, text: string): Promise<void> => writeFile(path.join(folder, file), text);
    await write(ARTIFACTS.sarif, [...sarif(judged, version)].join(""));
    await write(ARTIFACTS.junit, [...junit(judged)].join(""));
    await write(ARTIFACTS.comment, markdown(stack, found));
}
