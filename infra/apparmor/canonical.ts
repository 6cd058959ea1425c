import type { Line } from "./source";

/** Letters of permissions in the order in which they are written; how to execute comes last. */
const LETTERS = "mrwalk";
const FILE_RULE = /^((?:deny )?(?:owner )?\/\S*) ([mrwalk]*)([a-zA-Z]?x)?([mrwalk]*),$/;
/** What stands outside of the profile's braces. */
const OUTERMOST = /^(abi |profile |\}$)/;

/** What a line says, without its comment and the white space around. Paths with `#` don't occur. */
export function codeOf({ text }: Pick<Line, "text">): string {
    return text.replace(/#.*$/, "").trim().replaceAll(/\s+/g, " ");
}

function inOrder(code: string): string {
    const [, path, before, execute = "", after] = FILE_RULE.exec(code) ?? [];
    const given = `${before ?? ""}${after ?? ""}`;
    const sorted = [...given].sort((one, other) => LETTERS.indexOf(one) - LETTERS.indexOf(other)).join("");
    return path === undefined ? code : `${path} ${sorted}${execute},`;
}

/**
 * The lines that say something, each in the one way that it is written. Comments are for whoever reads the sources: a
 * text without any leaves the node's parser no room for another reading, and the policy pack accepts no other.
 */
export function canonical(lines: readonly Line[]): Line[] {
    return lines.map((line) => ({ ...line, text: inOrder(codeOf(line)) }))
        .filter(({ text }) => text !== "")
        .map((line) => ({ ...line, text: `${OUTERMOST.test(line.text) ? "" : "  "}${line.text}` }));
}
