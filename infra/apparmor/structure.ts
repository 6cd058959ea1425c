import { codeOf } from "./canonical";
import { ProfileError, type Line } from "./source";

/**
 * `enforce` is the default, said all the same. The others are what containers need: files reached through another mount namespace, files
 * deleted while open. Any other flag, `complain` first of all, is refused.
 */
const FLAGS = "(enforce, attach_disconnected, mediate_deleted)";

/** The first line that closes more than is open, or the innermost that opens what nothing closes. */
function unbalanced(lines: readonly Line[]): Line | undefined {
    const open: Line[] = [];
    for (const line of lines) {
        for (const character of codeOf(line)) {
            if (character === "{") {
                open.push(line);
            } else if (character === "}" && open.pop() === undefined) {
                return line;
            }
        }
    }
    return open.at(-1);
}

/** The first line that is no header but names a profile, a hat or a child. */
function secondProfile(lines: readonly Line[], header: string): Line | undefined {
    return lines.find((line) => /^(profile|hat|\^)/.test(codeOf(line)) && line.text !== header);
}

/**
 * What needs no parser: one profile, of the file's name, in enforce mode, with rules that end and braces that match.
 * @throws ProfileError
 */
export function checkStructure(file: string, lines: readonly Line[]): void {
    const header = `profile ${file} flags=${FLAGS} {`;
    const second = secondProfile(lines, header);
    if (second !== undefined || lines.filter(({ text }) => text === header).length !== 1) {
        throw new ProfileError(second ?? { file }, `has to hold one profile, headed "${header}"`);
    }
    // A rule ends in a comma, a block in a brace; a line that does neither runs into the next.
    const unended = lines.find((line) => !/(^|[,{}])$/.test(codeOf(line)));
    for (const [line, problem] of [[unbalanced(lines), "braces do not match"], [unended, "a rule has to end in a comma"]] as const) {
        if (line !== undefined) {
            throw new ProfileError(line, `${problem}: "${line.text.trim()}"`);
        }
    }
}
