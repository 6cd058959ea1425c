/** One statement of a profile: `audit deny owner /tmp/** rw` has the words and, in front, the qualifiers. */
export interface Statement {
    readonly text: string;
    /** audit, allow, deny, owner, … in the order in which they stand. */
    readonly qualifiers: readonly string[];
    /** The rest: `["/tmp/**", "rw"]`, `["network", "inet", "stream"]`. */
    readonly words: readonly string[];
    /** Line in the text, from 1. */
    readonly line: number;
    /** True where a block follows: a child profile, a hat, a conditional. */
    readonly opensBlock: boolean;
}

export interface ParsedProfile {
    readonly name: string;
    readonly flags: readonly string[];
    readonly body: readonly Statement[];
}

export interface ParsedText {
    /** What stands outside of profiles: abi, includes, variables. */
    readonly preamble: readonly Statement[];
    readonly profiles: readonly ParsedProfile[];
}

const QUALIFIERS = new Set(["audit", "allow", "deny", "owner", "other", "quiet", "prompt", "priority"]);
const HEADER = /^profile\s+(\S+?)(?:\s+flags=\(([^)]*)\))?$/;

/** `# …` is a comment up to the end of the line; `#include` is an include. */
function withoutComment(line: string): string {
    return line.replace(/(^|\s)#(?!include\b).*$/, "");
}

interface Piece {
    readonly text: string;
    readonly line: number;
    readonly end: "," | "{" | "}";
}

/**
 * Cuts a text where a statement ends: at a comma, or where a block opens or closes. Braces of a path's alternatives (`/{usr/,}lib`)
 * and parentheses belong to their statement; a block's brace stands behind white space. An include needs no comma: its line ends it.
 */
function pieces(source: string): Piece[] | undefined {
    const found: Piece[] = [];
    let text = "";
    let started = 1;
    let depth = 0;
    let quoted = false;
    const close = (end: Piece["end"]): void => {
        found.push({ text: text.trim(), line: started, end });
        text = "";
    };
    for (const [index, raw] of source.split("\n").entries()) {
        for (const character of `${withoutComment(raw)}\n`) {
            if (text.trim() === "") {
                started = index + 1;
            }
            const isBlock = depth === 0 && !quoted;
            if (character === "\"") {
                quoted = !quoted;
            }
            if (isBlock && character === "{" && /(^|\s)$/.test(text)) {
                close("{");
            } else if (isBlock && (character === "," || character === "}")) {
                close(character);
            } else if (isBlock && character === "\n" && /^#?include\s/.test(text.trim())) {
                close(",");
            } else {
                depth += "{(".includes(character) ? 1 : ")}".includes(character) ? -1 : 0;
                text += character;
            }
        }
    }
    return depth === 0 && !quoted && text.trim() === "" ? found.filter((piece) => piece.text !== "" || piece.end !== ",") : undefined;
}

function statement({ text, line, end }: Piece): Statement {
    const words = text.split(/\s+/).filter((word) => word !== "");
    const first = words.findIndex((word) => !QUALIFIERS.has(word.split("=")[0] ?? ""));
    const cut = first === -1 ? words.length : first;
    return { text: words.join(" "), qualifiers: words.slice(0, cut), words: words.slice(cut), line, opensBlock: end === "{" };
}

/**
 * Reads profiles in AppArmor's language (apparmor.d(5)) as far as it is needed to judge each statement by itself: nothing is expanded.
 * Undefined where the text is none: unbalanced, or with something after a profile that is neither statement nor profile.
 */
export function parseProfiles(source: string): ParsedText | undefined {
    const preamble: Statement[] = [];
    const profiles: { name: string; flags: string[]; body: Statement[] }[] = [];
    let blocks = 0;
    for (const piece of pieces(source) ?? [{ text: "", line: 0, end: "}" as const }]) {
        const [, name, flags = ""] = HEADER.exec(piece.text) ?? [];
        if (blocks === 0 && piece.end === "{" && name !== undefined) {
            profiles.push({ name, flags: flags.split(/[\s,]+/).filter((flag) => flag !== ""), body: [] });
        } else if (piece.text !== "") {
            (blocks === 0 ? preamble : profiles.at(-1)?.body ?? preamble).push(statement(piece));
        }
        blocks += piece.end === "{" ? 1 : piece.end === "}" ? -1 : 0;
        if (blocks < 0) {
            return undefined;
        }
    }
    return blocks === 0 ? { preamble, profiles } : undefined;
}
