/** What a pattern means, told by way of a regular expression as apparmor_parser does it: another way than the model's own. */
export function toRegExp(glob: string): RegExp {
    let out = "";
    for (let at = 0; at < glob.length; at += 1) {
        const character = glob[at] ?? "";
        if (character === "*") {
            const [stars = ""] = /^\*+/.exec(glob.slice(at)) ?? [];
            const isPart = out.endsWith("/") && ["/", undefined].includes(glob[at + stars.length]);
            out += `${isPart ? "[^/]" : ""}${stars === "**" ? ".*" : "[^/]*"}`;
            at += stars.length - 1;
        } else {
            out += { "?": "[^/]", "{": "(?:", "}": ")", ",": "|", ".": "\\.", "+": "\\+" }[character] ?? character;
        }
    }
    return new RegExp(`^(?:${out})$`, "s");
}

/** All texts of up to so many characters that start with a slash. */
export function everyPath(alphabet: readonly string[], longest: number): string[] {
    const found = ["/"];
    for (let first = 0, length = 1; length < longest; length += 1) {
        const last = found.length;
        found.push(...found.slice(first, last).flatMap((path) => alphabet.map((character) => path + character)));
        first = last;
    }
    return found;
}

/** Numbers below `below`, the same ones for the same seed. */
export function seeded(seed: number): (below: number) => number {
    let state = seed;
    return (below) => {
        state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
        return Math.floor((state / 2 ** 31) * below);
    };
}

const PARTS = ["a", "b", "/", "*", "**", "?", "[ab]", "[b-c]", "a/"];

/** A pattern made by chance; it may be none, as `//` isn't. */
export function anyGlob(next: (below: number) => number, depth = 2): string {
    const parts = Array.from({ length: 1 + next(3) }, () => (depth > 0 && next(4) === 0 ? alternatives(next, depth - 1) : (PARTS[next(PARTS.length)] ?? "")));
    return `${depth === 2 ? "/" : ""}${parts.join("")}`;
}

function alternatives(next: (below: number) => number, depth: number): string {
    return `{${Array.from({ length: 2 + next(2) }, () => (next(4) === 0 ? "" : anyGlob(next, depth))).join(",")}}`;
}
