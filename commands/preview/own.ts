import { EXIT_FOUND } from "../../cli/problem";
import { print, step } from "../../cli/progress";
import { objection } from "../../policy/model/message";
import { findingsOf } from "../../policy/reports/words";
import { packVersion } from "../pack-version";
import { preview } from "../pulumi";
import { hold, isApproved, writeArtifacts } from "./artifacts";
import { onEmbeddedCluster } from "./embedded";
import { summary } from "./summary";

/** Of what the preview's JSON shows, that which the pack doesn't see: options that Pulumi hides from policies. */
const HIDDEN = "pulumi-options";

/** The preview with the pack decides, and its JSON, which shows more: both have to be as approved. */
async function previewed(stack: string, artifacts: string | undefined, args: readonly string[]): Promise<number> {
    const { violations, json } = await step(`Previewing ${stack}`, () => preview({ stack, args, show: (text) => { print(text); } }));
    summary(violations).forEach((line) => { console.log(line); });
    const held = hold(stack, json);
    for (const { rule, violation, manifest } of findingsOf(held.judged)) {
        if (rule.name === HIDDEN) {
            console.log(`${rule.name}: ${objection(violation, manifest?.resource)}. ${rule.remediation}`);
        }
    }
    if (violations.length === 0) {
        // What would have to be approved first, for instance: the pack judges by what is approved now.
        held.review.forbidden.filter((words) => !words.startsWith(`${HIDDEN}: `)).forEach((words) => { console.log(`Forbidden by the floor: ${words}.`); });
    }
    if (artifacts !== undefined) {
        await step(`Writing results.sarif, junit.xml and posture.md to ${artifacts}`, async () => writeArtifacts(artifacts, stack, held, packVersion()));
    }
    return violations.length === 0 && isApproved(held) ? 0 : EXIT_FOUND;
}

/** Previews a stack of this checkout. @param artifacts absolute @returns the exit code */
export function previewOwn(stack: string, embedded: boolean, artifacts: string | undefined): Promise<number> {
    const use = (args: readonly string[]): Promise<number> => previewed(stack, artifacts, args);
    return embedded ? onEmbeddedCluster(stack, use) : use([]);
}
