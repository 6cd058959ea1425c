import {
    CAPABILITIES, DOMAINS, PEERS, PTRACE_ACCESSES, SIGNAL_ACCESSES, SOCKET_TYPES, UNIX_ACCESSES, UNIX_TYPES,
} from "./words";

/** A place in a rule for known words: `(send, receive)`, `type=stream`. Left out, it stands for all there are. */
interface Slot {
    readonly words: readonly string[];
    readonly opens: string;
    readonly closes: string;
    /** Between two words; undefined where there may be one only. */
    readonly between: string | undefined;
    /** What stands around several words, and not around one. */
    readonly braces?: boolean;
}

const one = (words: readonly string[], opens = "", closes = ""): Slot => ({ words, opens, closes, between: undefined });
const list = (words: readonly string[]): Slot => ({ words, opens: "(", closes: ")", between: ", " });
const peers: Slot = { words: PEERS, opens: "peer=", closes: "", between: ",", braces: true };

/** Every rule that isn't about files, by its first word: its places, in their order. There are no others. */
const FORMS: Readonly<Record<string, readonly Slot[]>> = {
    capability: [{ words: CAPABILITIES, opens: "", closes: "", between: " " }],
    network: [one(DOMAINS), one(SOCKET_TYPES)],
    unix: [list(UNIX_ACCESSES), one(UNIX_TYPES, "type="), one(PEERS, "peer=(label=", ")")],
    signal: [list(SIGNAL_ACCESSES), peers],
    ptrace: [list(PTRACE_ACCESSES), peers],
    mount: [],
    umount: [],
    pivot_root: [],
    dbus: [],
};

/** What a rule says beside files; `words` has an entry for each place of the form, undefined where it is left out. */
export interface Access {
    readonly keyword: string;
    readonly words: readonly (readonly string[] | undefined)[];
}

const escaped = (text: string): string => text.replaceAll(/[{}()]/g, "\\$&");

function pattern({ words, opens, closes, between, braces }: Slot): string {
    const word = `(?:${words.map(escaped).join("|")})`;
    const several = between === undefined ? word : `${word}(?:${between}${word})*`;
    return ` ${escaped(opens)}(${braces === true ? `${word}|\\{${several}\\}` : several})${escaped(closes)}`;
}

const PATTERNS = Object.entries(FORMS).map(([keyword, slots]) => ({
    keyword,
    slots,
    whole: new RegExp(`^${keyword}${slots.map((slot) => `(?:${pattern(slot)})?`).join("")}$`),
}));

/** Reads a rule that isn't about files, from its keyword up to its comma; undefined for a form that isn't known. */
export function readAccess(text: string): Access | undefined {
    for (const { keyword, slots, whole } of PATTERNS) {
        const match = whole.exec(text);
        if (match !== null) {
            return { keyword, words: slots.map((slot, index) => wordsOf(slot, match[index + 1])) };
        }
    }
    return undefined;
}

/** Each word once, in the order of the known ones. */
function wordsOf({ words, between }: Slot, text: string | undefined): readonly string[] | undefined {
    const found = text?.replace(/^\{(.*)\}$/, "$1").split(between ?? " ");
    return found === undefined ? undefined : words.filter((word) => found.includes(word));
}

/** The rule in the one way that it is written, without its comma. */
export function printAccess({ keyword, words }: Access): string {
    const places = (FORMS[keyword] ?? []).flatMap(({ opens, closes, between = "", braces }, index) => {
        const within = words[index];
        const text = within?.join(between);
        const isBraced = braces === true && within?.length !== 1;
        return text === undefined ? [] : [`${opens}${isBraced ? `{${text}}` : text}${closes}`];
    });
    return [keyword, ...places].join(" ");
}

/** The rule in parts that say one word at each place, or leave it out. */
export function singly({ keyword, words }: Access): Access[] {
    const combined = words.reduce<Access["words"][]>((parts, place) => parts.flatMap((part) => (
        place === undefined ? [[...part, undefined]] : place.map((word) => [...part, [word]])
    )), [[]]);
    return combined.map((each) => ({ keyword, words: each }));
}

/** Whether one rule reaches all that a single part of another does: `network` covers `network raw`. */
export function covers(whole: Access, part: Access): boolean {
    return whole.keyword === part.keyword && whole.words.every((place, index) => (
        place === undefined || part.words[index]?.every((word) => place.includes(word)) === true
    ));
}
