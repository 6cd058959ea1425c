import { parseGlob, type Glob } from "./glob";
import type { Problem, Statement } from "./lexer";

interface Common {
    readonly line: number;
    /** False where the rule denies, which wins over whatever else allows. */
    readonly allows: boolean;
}

/** Access to files by path. */
export interface FileRule extends Common {
    readonly glob: Glob;
    /** r, w, a (append, part of w), l, m, k, x (under the same profile); other ways to execute by their own names, such as `ux`. */
    readonly access: ReadonlySet<string>;
    /** About files of the process's own user only. */
    readonly owner: boolean;
}

/** Anything else, each access by itself: `network inet stream`, `signal send peer=@{profile_name}`, `capability sys_admin`. */
export interface OtherRule extends Common {
    readonly grants: readonly string[];
}

export type Rule = FileRule | OtherRule;

const QUALIFIERS = new Set(["audit", "allow", "deny", "owner", "other", "quiet", "prompt", "access", "safe", "unsafe"]);
/** In the order that the language demands. */
const PREFIX = /^(?:audit )?(?:allow |deny )?(?:owner )?$/;
const ACCESS = /^(?:[rwalmk]|(?:[pPcC]?[iuU])?x|[pPcC]x)+$/;
const EACH_ACCESS = /[rwalmk]|(?:[pPcC]?[iuU])?x|[pPcC]x/g;
const LIST = /^([a-z_]+) \(([a-z]+(?:, [a-z]+)*)\)((?: [a-z]+=\S+)*)$/;
/** Whatever opens a path in another way: quoted, by a variable, or behind the permissions. */
const WORD = /^[a-z_]+$/;

/** What one permission stands for: writing includes appending, and `ix` is the only way to execute that stays in the profile. */
function meaning(access: string): string[] {
    return access === "w" ? ["w", "a"] : [access === "ix" ? "x" : access];
}

/** Accesses in the language's own letters: appending is part of writing. */
export function letters(access: readonly string[]): string {
    return access.filter((each) => each !== "a" || !access.includes("w")).join("");
}

function fileRule([path = "", access = "", ...more]: readonly string[], common: Common & { owner: boolean }): FileRule | string {
    const glob = parseGlob(path);
    if (more.length > 0 || glob === undefined || !ACCESS.test(access) || (common.allows && /(^|[rwalmk])x/.test(access))) {
        return `has a rule on ${path} that can't be read`;
    }
    return { ...common, glob, access: new Set(access.match(EACH_ACCESS)?.flatMap(meaning)) };
}

function read({ words, line }: Statement): Rule | string {
    const first = words.findIndex((word) => !QUALIFIERS.has(word));
    const [qualifiers, rest] = [words.slice(0, Math.max(first, 0)), words.slice(Math.max(first, 0))];
    const [keyword = ""] = rest;
    if (!PREFIX.test(qualifiers.map((word) => `${word} `).join(""))) {
        return `has the qualifiers ${qualifiers.join(" ")}`;
    }
    const common = { line, allows: !qualifiers.includes("deny"), owner: qualifiers.includes("owner") };
    if (keyword.startsWith("/")) {
        return fileRule(rest, common);
    }
    if (!WORD.test(keyword) || common.owner) {
        return `has a rule that can't be read (${rest.join(" ")})`;
    }
    const text = rest.join(" ");
    const [, kind, accesses, conditions] = LIST.exec(text) ?? [];
    return { ...common, grants: accesses === undefined ? [text] : accesses.split(", ").map((access) => `${kind ?? ""} ${access}${conditions ?? ""}`) };
}

/** Reads a statement in the body of a profile. A form that isn't known here is a problem, never an empty rule. */
export function ruleOf(statement: Statement): Rule | Problem {
    const rule = read(statement);
    return typeof rule === "string" ? { is: rule, line: statement.line } : rule;
}
