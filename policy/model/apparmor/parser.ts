import { deviation } from "./print";
import { shown, type Problem } from "./problem";
import { ruleOf, type Rule } from "./rule";
import { ABIS, FLAGS, MODES } from "./words";

/** A text with one profile that stands by itself. */
export interface Profile {
    readonly name: string;
    /** Known ones, each once, in their order. */
    readonly flags: readonly string[];
    /** `abi/3.0`: what the kernel mediates at all. Without it, that depends on the node. */
    readonly abi: string;
    readonly rules: readonly Rule[];
}

export interface Parsed {
    readonly profile: Profile;
    readonly problems: readonly Problem[];
}

interface Line {
    readonly text: string;
    /** From 1. */
    readonly line: number;
}

const ABI = /^abi <([a-z0-9./-]+)>,$/;
const HEAD = /^profile ([A-Za-z0-9._-]+)(?: flags=\(([a-z_]+(?:, [a-z_]+)*)\))? \{$/;
const HEADLESS = "has no head like profile NAME flags=(…) { in its second line";
const END = "}";

/** Parts of the language that no profile of this project may have, by how they start, for the message's sake. */
const FOREIGN: readonly (readonly [start: RegExp, words: string])[] = [
    [/^#?include\b/, "an include"],
    [/^[@$]/, "a variable"],
    [/^(if|else)\b/, "a condition"],
    [/^(\^|hat\b)/, "a hat"],
    [/^profile\b/, "a profile of another form"],
    [/^alias\b/, "an alias"],
    [/^abi\b/, "an abi of another form"],
    [/^\}/, "an end of another form"],
];

function foreign({ text, line }: Line): Problem {
    const [, what] = FOREIGN.find(([start]) => start.test(text)) ?? [undefined, "a rule"];
    return { is: `has ${what} that isn't part of a plain profile (${shown(text)})`, line };
}

/**
 * The lines that say something, without the white space around: a text may be written in more than one way so far, so
 * that a message can say which is right. `#include` includes, and what is behind a rule stays with it.
 */
function linesOf(text: string): Line[] {
    return text.split("\n").map((raw, index) => ({ text: raw.trim().replaceAll(/[\t ]+/g, " "), line: index + 1 }))
        .filter(({ text: line }) => line !== "" && (!line.startsWith("#") || /^#include\b/.test(line)));
}

function abiProblems(abi: string | undefined): Problem[] {
    const is = `has ${abi ?? "no abi"} in its first line, not one of ${ABIS.join(", ")}`;
    return abi !== undefined && ABIS.includes(abi) ? [] : [{ is, line: undefined }];
}

/** Flags of which one says what another denies are for the kernel to choose among. */
function flagProblems(flags: readonly string[], line: number): Problem[] {
    const unknown = flags.filter((flag) => !FLAGS.includes(flag)).map((flag) => ({ is: `has the flag ${flag}`, line }));
    const modes = flags.filter((flag) => MODES.includes(flag));
    const twice = flags.find((flag, index) => flags.indexOf(flag) !== index);
    return [
        ...unknown,
        ...(twice === undefined ? [] : [{ is: `has the flag ${twice} more than once`, line }]),
        ...(new Set(modes).size > 1 ? [{ is: `has the flags ${modes.join(" and ")}, which contradict`, line }] : []),
    ];
}

/**
 * Reads a profile of a closed language, part of apparmor.d(5): an abi, a head, one rule a line, an end. Where there is
 * a problem, the profile isn't to be relied on; where there is none, the text is to the letter what print.ts makes of
 * what was read.
 */
export function parseProfile(text: string): Parsed {
    const [first, second, ...rest] = linesOf(text);
    const [abi, head] = [ABI.exec(first?.text ?? "")?.[1], HEAD.exec(second?.text ?? "")];
    const flags = head?.[2]?.split(", ") ?? [];
    const end = rest.findIndex((line) => line.text === END);
    const [body, after] = end === -1 ? [rest, []] : [rest.slice(0, end), rest.slice(end + 1)];
    const read = body.map((line) => ruleOf(line.text, line.line) ?? foreign(line));
    const rules = read.filter((each): each is Rule => "allows" in each);
    const known = FLAGS.filter((flag) => flags.includes(flag));
    const profile = { name: head?.[1] ?? "", flags: known, abi: abi ?? "", rules };
    const problems = [
        ...abiProblems(abi),
        ...(head === null ? [{ is: HEADLESS, line: second?.line }] : []),
        ...flagProblems(flags, second?.line ?? 0),
        ...read.filter((each): each is Problem => !("allows" in each)),
        ...(end === -1 ? [{ is: "has no end", line: undefined }] : after.map(foreign)),
    ];
    return { profile, problems: problems.length > 0 ? problems : deviation(text, profile) };
}
