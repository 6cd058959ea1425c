import { isOpen, judge, moreInWords } from "./judge";
import { objection } from "./model/message";
import type { Resource } from "./model/resource";
import { unordered } from "./model/stack";
import { asDeployed } from "./posture/approved/as-deployed";
import { lineOf } from "./posture/approved/file";
import { approvedText, filesOf, PostureError, postureOf } from "./posture/files";
import { today, type Clock } from "./posture/days";
import type { Posture, Surroundings } from "./posture/posture";
import { rules } from "./rules/index";

/** About the order in which objects come to be, their options, or themselves: a file of what is approved says nothing of these. */
const BESIDE_THE_POINT = ["approved-objects", "required-resources", "waivers"];

/**
 * The posture of a stack as it counts today, once nothing that is approved in it breaks the floor.
 * @throws PostureError, or another Unusable, naming file, line and reason
 */
export function verifiedPosture(stack: string, surroundings: Surroundings = {}, clock: Clock = today): Posture {
    const posture = postureOf(stack, surroundings, clock);
    const text = approvedText(stack);
    const problems = text === undefined ? [] : floorProblems(posture, text);
    if (problems.length > 0) {
        throw new PostureError(problems.map((problem) => `${filesOf(stack).approved}:${problem}`).join("\n"));
    }
    return posture;
}

/** What the floor has against the approved objects, each with its line in the file's text. */
export function floorProblems(posture: Posture, text: string): string[] {
    const objects = asDeployed(posture.objects);
    const floor = rules.filter(({ name, needs }) => needs !== "pulumi" && !BESIDE_THE_POINT.includes(name));
    const found = judge(floor, unordered(objects), posture).filter(isOpen);
    // What is approved for one of two of the same name would be for the other.
    const shared = Object.keys(posture.parties).filter((name) => Object.hasOwn(posture.services, name));
    const ofParties = shared.map((name) => `1: the stack: parties.${name} is called like a service; it must have another name.`);
    return [...ofParties, ...found.map((finding) => `${lineIn(text, objects, finding.resource)}: ${objection(finding.violation, finding.resource)} (${finding.rule.name}).${moreInWords(finding)}`)];
}

function lineIn(text: string, objects: readonly Resource[], resource: Resource | undefined): string {
    const index = objects.findIndex((object) => object === resource);
    return String(index === -1 ? 1 : lineOf(text, index));
}
