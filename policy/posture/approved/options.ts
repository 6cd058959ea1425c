import { isUnset } from "../../model/read";
import type { Resource, Value } from "../../model/resource";
import { shown, type Difference } from "./differences";
import { isOfPulumi, placeInPulumi } from "./identity";

/** Options of Pulumi that have to be as approved. The rule pulumi-options says what others may be. */
const COMPARED = ["protect", "aliases", "customTimeouts", "additionalSecretOutputs"] as const;

/** What Pulumi does with an object otherwise than is approved; nothing where it knows no more than the manifest. Protection may be added. */
export function optionDifferences(approved: Resource, now: Resource): Difference[] {
    if (!isOfPulumi(now)) {
        return [];
    }
    const options = COMPARED.flatMap((option): Difference[] => {
        const before: Value = plain(approved.options[option]);
        const after: Value = plain(now.options[option]);
        const isSame = JSON.stringify(before) === JSON.stringify(after);
        return isSame ? [] : [{ path: `the option ${option}`, keys: [], approved: before, now: after, is: shown(after), verdict: option === "protect" && after === true ? "tighter" : "looser", isOrdered: false, must: must(before) }];
    });
    const [there, here] = [placeInPulumi(approved), placeInPulumi(now)];
    return there === here ? options : [...options, { path: "its place in Pulumi", keys: [], approved: there, now: here, is: shown(here), verdict: "looser", isOrdered: false, must: `${there}, because Pulumi makes it anew under another, and then deletes what stands there` }];
}

function must(approved: Value): string {
    return isUnset(approved) ? "left out, as approved" : `${JSON.stringify(approved)}, as approved`;
}

/** What isn't set is left out, however that is written. */
function plain(value: Value | Readonly<Record<string, number>> | readonly string[]): Value {
    const isNothing = value === false || isUnset(value as Value) || (typeof value === "object" && Object.keys(value as object).length === 0);
    return isNothing ? undefined : (value as Value);
}
