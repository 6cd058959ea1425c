import { printAccess, readAccess, type Access } from "./forms";
import { parseGlob, type Glob } from "./glob";
import { PERMISSIONS, type Permission } from "./words";

interface Common {
    readonly line: number;
    /** False where the rule denies, which wins over whatever else allows. */
    readonly allows: boolean;
}

/** Access to files by path. */
export interface FileRule extends Common {
    readonly glob: Glob;
    /** As they are written: each once, in their order. */
    readonly permissions: readonly Permission[];
    /** What they stand for: r, w, a (append, part of w), l, m (part of ix), k, x (under the same profile). */
    readonly access: ReadonlySet<string>;
    /** About files of the process's own user only. */
    readonly owner: boolean;
}

/** Anything else: `network inet stream`, `signal (send) peer=@{profile_name}`, `capability sys_admin`. */
export interface OtherRule extends Common {
    readonly is: Access;
}

export type Rule = FileRule | OtherRule;

const RULE = /^(deny )?(owner )?(.*),$/;
const FILE = /^(\/\S*) ((?:[mrwalk]|ix|x)+)$/;

/** What one permission stands for: writing includes appending, and executing within the profile includes mapping. */
const MEANINGS: Readonly<Partial<Record<Permission, readonly string[]>>> = { w: ["w", "a"], ix: ["x", "m"] };

function permissionsIn(text: string): readonly Permission[] {
    const found: readonly string[] = text.match(/ix|./g) ?? [];
    return PERMISSIONS.filter((permission) => found.includes(permission));
}

/** How to execute is said in an allow, and can't be in a deny; appending beside writing is an error. */
function isSound(permissions: readonly Permission[], allows: boolean): boolean {
    return !permissions.includes(allows ? "x" : "ix") && !(permissions.includes("w") && permissions.includes("a"));
}

/**
 * Reads a rule in the body of a profile. These forms are all there are: a path with its permissions, and those of
 * `forms.ts`. Of any other, what it grants isn't known; undefined then.
 */
export function ruleOf(text: string, line: number): Rule | undefined {
    const [, deny, owner, rest = ""] = RULE.exec(text) ?? [];
    const common = { line, allows: deny === undefined };
    const [, path = "", letters = ""] = FILE.exec(rest) ?? [];
    const [glob, permissions] = [parseGlob(path), permissionsIn(letters)];
    if (glob !== undefined && isSound(permissions, common.allows)) {
        const access = new Set(permissions.flatMap((permission) => MEANINGS[permission] ?? [permission]));
        return { ...common, glob, permissions, access, owner: owner !== undefined };
    }
    const is = owner === undefined ? readAccess(rest) : undefined;
    return is === undefined ? undefined : { ...common, is };
}

/** The rule in the one way that it is written. */
export function printRule(rule: Rule): string {
    const text = "glob" in rule
        ? `${rule.owner ? "owner " : ""}${rule.glob.text} ${rule.permissions.join("")}`
        : printAccess(rule.is);
    return `${rule.allows ? "" : "deny "}${text},`;
}

/** Accesses in the language's own letters: appending is part of writing. */
export function letters(access: readonly string[]): string {
    return access.filter((each) => each !== "a" || !access.includes("w")).join("");
}
