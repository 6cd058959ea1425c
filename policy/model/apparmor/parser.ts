import { statementsOf, type Problem, type Statement } from "./lexer";
import { ruleOf, type Rule } from "./rule";

/** A text with one profile that stands by itself. */
export interface Profile {
    readonly name: string;
    readonly flags: readonly string[];
    /** `abi/3.0`: what the kernel mediates at all. Without it, that depends on the node. */
    readonly abi: string | undefined;
    readonly rules: readonly Rule[];
}

const ABI = /^abi <([a-z0-9./-]+)>$/;
const HEADER = /^profile ([A-Za-z0-9._-]+)(?: flags=\(([a-z_]+(?:, [a-z_]+)*)\))?$/;

/** Characters of a statement that a message repeats. */
const MOST_SHOWN = 80;

/** Parts of the language that no profile of this project may have, by how they start. */
const FOREIGN: readonly (readonly [start: RegExp, words: string])[] = [
    [/^#?include/, "an include"],
    [/^[@$]/, "a variable"],
    [/^(if|else)\b/, "a condition"],
    [/^(\^|hat\b)/, "a hat"],
    [/^profile\b/, "a profile of another form"],
    [/^alias\b/, "an alias"],
    [/^abi\b/, "an abi that can't be read"],
];

function foreign({ words, line }: Statement): Problem {
    const text = words.join(" ");
    const [, what] = FOREIGN.find(([start]) => start.test(text)) ?? [undefined, "something"];
    // Without quotes and escapes: a message has its own.
    return { is: `has ${what} that isn't part of a plain profile (${text.slice(0, MOST_SHOWN).replaceAll(/["\\]/g, "'")})`, line };
}

function isProblem(read: Rule | Problem): read is Problem {
    return "is" in read;
}

function isRule(read: Rule | Problem): read is Rule {
    return !isProblem(read);
}

/** Up to the first brace: the profile's abi, once, and its head. */
function readHead(statements: readonly Statement[]): { readonly abi: string | undefined; readonly head: RegExpExecArray | undefined; readonly problems: Problem[] } {
    const texts = statements.map(({ words }) => words.join(" "));
    const abis = texts.flatMap((text) => ABI.exec(text)?.[1] ?? []);
    const last = statements.at(-1);
    const head = HEADER.exec(texts.at(-1) ?? "") ?? undefined;
    const others = statements.filter((statement, index) => !(statement === last && head !== undefined) && !ABI.test(texts[index] ?? ""));
    const twice = abis.length > 1 ? [{ is: "has more than one abi", line: undefined }] : [];
    return { abi: abis[0], head, problems: [...twice, ...others.map(foreign)] };
}

/**
 * Reads a profile as apparmor.d(5) has it. What is beyond the plain language of this project's profiles is a problem, and
 * where there is one, the profile isn't to be relied on.
 */
export function parseProfile(text: string): { readonly profile: Profile; readonly problems: readonly Problem[] } {
    const { statements, problems: unread } = statementsOf(text);
    const open = statements.findIndex(({ end }) => end === "{");
    const close = statements.findIndex(({ end }) => end === "}");
    const { abi, head, problems: before } = readHead(statements.slice(0, open + 1));
    const body = statements.slice(open + 1, close === -1 ? undefined : close);
    const read = body.map((statement) => (statement.end === "," && !FOREIGN.some(([start]) => start.test(statement.words[0] ?? "")) ? ruleOf(statement) : foreign(statement)));
    const headless = head === undefined ? [{ is: "has no head like profile NAME flags=(…) {", line: undefined }] : [];
    const within = [...headless, ...before, ...read.filter(isProblem)];
    const after = close === -1 ? [{ is: "has no end", line: undefined }] : statements.slice(close + 1).map(foreign);
    return {
        profile: { name: head?.[1] ?? "", flags: head?.[2]?.split(", ") ?? [], abi, rules: read.filter(isRule) },
        // The first sort that there is: each makes the next one guesswork.
        problems: [unread, within, after].find((found) => found.length > 0) ?? [],
    };
}
