/** A statement of AppArmor's language, cut out of its text: the words `deny`, `/sys/**`, `wl`. */
export interface Statement {
    readonly words: readonly string[];
    /** Line where it starts, from 1. */
    readonly line: number;
    /** What stands behind it: a comma, or a brace that opens or closes a block. An include ends with its line, which counts as a comma. */
    readonly end: "," | "{" | "}";
}

/** Why a text, or a part of it, is none that this project's profiles may have: "has a backslash in line 3". */
export interface Problem {
    readonly is: string;
    /** From 1; undefined where it is about the whole. */
    readonly line: number | undefined;
}

/** Printable ASCII and tabs: what a reviewer sees is then what the parser reads. */
const INVISIBLE = /[^\t\x20-\x7e]/;
/** Quotes, escapes and comments inside of words move the end of a statement; no profile of this project needs them. */
const MISLEADING = /["\\#]/;
const INCLUDE = /^#?include/;

/**
 * Cuts a text into statements, as apparmor.d(5) has it for texts without quotes and escapes. A comma ends a statement only before white
 * space and outside of parentheses, because elsewhere the parser takes it for a part of the word; `#include` includes, comment or not.
 */
export function statementsOf(text: string): { readonly statements: readonly Statement[]; readonly problems: readonly Problem[] } {
    const statements: Statement[] = [];
    const problems: Problem[] = [];
    let words: string[] = [];
    let line = 0;
    let depth = 0;
    const close = (end: Statement["end"]): void => {
        statements.push({ words, line, end });
        words = [];
    };
    const open = (): boolean => words.length > 0;
    const take = (word: string): void => {
        depth += word.split("(").length - word.split(")").length;
        if (depth === 0 && word.endsWith(",")) {
            words.push(...[word.slice(0, -1)].filter((rest) => rest !== ""));
            close(",");
        } else if (depth === 0 && (word === "{" || word === "}")) {
            if (word === "}" && open()) {
                problems.push({ is: "has a rule without a comma", line });
            }
            close(word === "{" ? "{" : "}");
        } else {
            words.push(word);
        }
    };
    for (const [index, raw] of text.split("\n").entries()) {
        const inLine = raw.split(/[\t ]/).filter((word) => word !== "");
        if (INVISIBLE.test(raw)) {
            problems.push({ is: "has a character that isn't printable ASCII", line: index + 1 });
        }
        for (const [position, word] of inLine.entries()) {
            line = open() ? line : index + 1;
            if (!open() && INCLUDE.test(word)) {
                words = inLine.slice(position);
                close(",");
                break;
            }
            if (!open() && word.startsWith("#")) {
                break;
            }
            if (MISLEADING.test(word)) {
                problems.push({ is: "has a quote, a backslash or a # inside of a rule", line: index + 1 });
            }
            take(word);
        }
    }
    if (open()) {
        problems.push({ is: "has a rule that doesn't end", line });
    }
    return { statements, problems };
}
