import { pathOutside, TooIntricate } from "./containment";
import { covers, printAccess, singly, type Access } from "./forms";
import type { Glob } from "./glob";
import type { Profile } from "./parser";
import type { Problem } from "./problem";
import { letters, type FileRule, type OtherRule } from "./rule";

/** Whose files: rules that say `owner` are about those of the process's own user only. */
type Whose = "own" | "others'";

function files({ rules }: Profile, allows: boolean): FileRule[] {
    return rules.filter((rule) => rule.allows === allows && "glob" in rule) as FileRule[];
}

function others({ rules }: Profile, allows: boolean): OtherRule[] {
    return rules.filter((rule) => rule.allows === allows && !("glob" in rule)) as OtherRule[];
}

function patterns(rules: readonly FileRule[], access: string, whose: Whose): Glob[] {
    return rules.filter((rule) => rule.access.has(access) && (whose === "own" || !rule.owner)).map(({ glob }) => glob);
}

/** Accesses of a rule that no other rules cover, with a path as an example. */
function uncovered(rule: FileRule, by: readonly FileRule[]): { readonly access: string; readonly on: string } | undefined {
    const found = [...rule.access].flatMap((access) => {
        const example = (["own", "others'"] as const).filter((whose) => whose === "own" || !rule.owner).map((whose) => ({ whose, path: outside(rule.glob, patterns(by, access, whose)) })).find(({ path }) => path !== undefined);
        return example === undefined ? [] : [{ access, on: `${example.whose === "own" ? "" : "others' "}${String(example.path)}` }];
    });
    return found[0] === undefined ? undefined : { access: letters(found.map(({ access }) => access)), on: found[0].on };
}

function outside(glob: Glob, by: readonly Glob[]): string | undefined {
    try {
        return pathOutside(glob, by);
    } catch (error) {
        if (error instanceof TooIntricate) {
            return `${glob.text} (too intricate to be compared)`;
        }
        throw error;
    }
}

interface Part {
    readonly part: Access;
    readonly line: number;
}

/** What rules say beside files, part by part, that no other rules do. */
function beyond(rules: readonly OtherRule[], by: readonly OtherRule[]): Part[] {
    return rules.flatMap(({ is, line }) => singly(is).map((part) => ({ part, line })))
        .filter(({ part }) => !by.some(({ is }) => covers(is, part)));
}

/** What the profile grants and the approved one doesn't. What the profile itself denies, it doesn't grant. */
function granted(profile: Profile, approved: Profile): Problem[] {
    const covering = [...files(approved, true), ...files(profile, false)];
    return [
        ...files(profile, true).flatMap((rule) => {
            const more = uncovered(rule, covering);
            return more === undefined ? [] : [{ is: `grants "${more.access}" on ${rule.glob.text}, for instance on ${more.on}, which the approved profile doesn't`, line: rule.line }];
        }),
        ...beyond(others(profile, true), others(approved, true))
            .map(({ part, line }) => ({ is: `grants ${printAccess(part)}, which the approved profile doesn't`, line })),
    ];
}

/** What the approved profile denies and the profile doesn't: a deny wins over whatever a later edit allows. */
function undenied(profile: Profile, approved: Profile): Problem[] {
    const covering = files(profile, false);
    return [
        ...files(approved, false).flatMap((rule) => {
            const less = uncovered(rule, covering);
            return less === undefined ? [] : [{ is: `no longer denies "${less.access}" on ${rule.glob.text}, as line ${String(rule.line)} of the approved profile does`, line: undefined }];
        }),
        ...beyond(others(approved, false), others(profile, false)).map(({ part, line }) => ({
            is: `no longer denies ${printAccess(part)}, as line ${String(line)} of the approved profile does`,
            line: undefined,
        })),
    ];
}

/** Flags that widen what paths reach, and the one that narrows. */
function flagged({ flags }: Profile, approved: Profile): Problem[] {
    return [
        ...flags.filter((flag) => !["enforce", "kill", ...approved.flags].includes(flag)).map((flag) => ({ is: `has the flag ${flag}, which the approved profile hasn't`, line: undefined })),
        ...approved.flags.filter((flag) => flag === "kill" && !flags.includes(flag)).map((flag) => ({ is: `lacks the flag ${flag}`, line: undefined })),
    ];
}

/** What a process may do under the profile that it may not under the approved one; nothing where the profile is as tight, or tighter. */
export function loosenings(profile: Profile, approved: Profile): Problem[] {
    const is = `has ${profile.abi}, and the approved profile ${approved.abi}`;
    const abi = profile.abi === approved.abi ? [] : [{ is, line: undefined }];
    return [...abi, ...flagged(profile, approved), ...granted(profile, approved), ...undenied(profile, approved)];
}
