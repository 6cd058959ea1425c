import type { Profile } from "./parser";
import { shown, type Problem } from "./problem";
import { printRule } from "./rule";

/** The one text that says what the profile says: no comment, one rule a line, words and letters in their order. */
export function printProfile({ abi, name, flags, rules }: Profile): string {
    const head = ["profile", name, ...(flags.length === 0 ? [] : [`flags=(${flags.join(", ")})`]), "{"].join(" ");
    return [`abi <${abi}>,`, head, ...rules.map((rule) => `  ${printRule(rule)}`), "}", ""].join("\n");
}

/**
 * Where a text differs from the one that says what was read from it, if anywhere. What nobody reads, such as a comment,
 * another parser might: a text that is just what was read leaves it nothing.
 */
export function deviation(text: string, profile: Profile): Problem[] {
    const [lines, printed] = [text.split("\n"), printProfile(profile).split("\n")];
    const places = Array.from({ length: Math.max(lines.length, printed.length) }, (_, index) => index);
    const wrong = places.find((index) => lines[index] !== printed[index]);
    const is = (place: number): string => `has ${said(lines[place])} where it must have ${said(printed[place])}`;
    return wrong === undefined ? [] : [{ is: is(wrong), line: wrong + 1 }];
}

function said(line: string | undefined): string {
    return line === undefined ? "no line" : line === "" ? "an empty line" : `'${shown(line)}'`;
}
