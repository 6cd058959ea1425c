import { createHash } from "node:crypto";
import { loosenings } from "../model/apparmor/diff";
import { parseProfile } from "../model/apparmor/parser";
import type { Change } from "./compare";
import type { Posture } from "../posture/posture";

/** As many digits of a digest as the name of a loaded profile ends in. */
const DIGITS = 12;

/** Profiles that may do something else than the approved ones of their names, by digest of their texts. Other words for the same are no change. */
export function compareProfiles({ profiles: approved }: Posture, { profiles: now }: Posture): Change[] {
    return [...new Set([...Object.keys(approved), ...Object.keys(now)])].flatMap((name) => {
        const [before, after] = [approved[name], now[name]];
        const change = { field: `profiles.${name}`, approved: digestOf(before), now: digestOf(after) };
        if (before === undefined || after === undefined) {
            return [{ ...change, looser: true }];
        }
        const looser = before !== after && isLooser(after, before);
        return looser || (before !== after && isLooser(before, after)) ? [{ ...change, looser }] : [];
    });
}

function isLooser(text: string, than: string): boolean {
    const [one, other] = [parseProfile(text), parseProfile(than)];
    return [...one.problems, ...other.problems].length > 0 || loosenings(one.profile, other.profile).length > 0;
}

function digestOf(text: string | undefined): string | undefined {
    return text === undefined ? undefined : `sha256:${createHash("sha256").update(text).digest("hex").slice(0, DIGITS)}`;
}
