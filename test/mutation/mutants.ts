/** One small change of the source that a test should notice. */
export interface Mutant {
    /** What switches it on in the instrumented code. */
    readonly id: string;
    /** Path in the repository. */
    readonly file: string;
    /** From 1. */
    readonly lineNumber: number;
    /** The source line that it starts on, without its indentation. */
    readonly line: string;
    /** `what stands there → what stands there instead`, on one line. */
    readonly change: string;
}

export interface Instrumented {
    /** By path in the repository: TypeScript with every mutant in it, each behind a switch. */
    readonly code: ReadonlyMap<string, string>;
    readonly mutants: readonly Mutant[];
    /** Mutants that are left out, as they only change words. */
    readonly ignored: number;
}

/** What a rule says to people, by the names of the fields, parameters and constants that hold it: it decides nothing, and no test pins its wording. */
const WORDS = new Set(["description", "rationale", "remediation", "references", "is", "must", "words", "names", "instead", "why"]);
/** Functions with such words among their arguments, and which argument it is. */
const WORDS_ARGUMENT: Readonly<Record<string, number>> = { demand: 1, forbid: 1, leaveOut: 2, matching: 0, kubernetes: 0, pulumi: 0, cis: 0, Error: 0 };
/** What puts words together from others. */
const COMPOSING = ["ConditionalExpression", "LogicalExpression", "TemplateLiteral", "ArrayExpression", "ArrowFunctionExpression", "MemberExpression"];
const COMPOSING_CALLS = ["map", "join"];

/** The parts of Babel's syntax tree that the question needs. */
interface Node { readonly type: string; readonly id?: Name; readonly key?: Name; readonly callee?: Name & { readonly property?: Name }; readonly arguments?: readonly unknown[] }
interface Name { readonly name?: string }
interface Place { readonly node: Node; readonly parentPath?: Place | null }

const onlyWords = {
    shouldIgnore: (place: object) => ((["StringLiteral", "TemplateLiteral"].includes((place as Place).node.type) && isAmongWords(place as Place)) || isSaying(place as Place) ? "words for people" : undefined),
};

/** Whether it is a function that says what is demanded, which is all words. */
function isSaying({ node, parentPath }: Place): boolean {
    return node.type === "ArrowFunctionExpression" && parentPath?.node.key?.name === "must";
}

/** Whether a text, or what is made from it, is said rather than compared. */
function isAmongWords({ node, parentPath }: Place): boolean {
    const parent = parentPath?.node;
    if (parentPath === undefined || parentPath === null || parent === undefined) {
        return false;
    }
    if (WORDS.has(parent.key?.name ?? parent.id?.name ?? "") || parent.arguments?.[WORDS_ARGUMENT[parent.callee?.name ?? ""] ?? -1] === node) {
        return true;
    }
    return (COMPOSING.includes(parent.type) || COMPOSING_CALLS.includes(parent.callee?.property?.name ?? "")) && isAmongWords(parentPath);
}

const silent = { isDebugEnabled: () => false, isInfoEnabled: () => false, isWarnEnabled: () => false, isErrorEnabled: () => false, isFatalEnabled: () => false, isTraceEnabled: () => false, debug() {}, info() {}, warn() {}, error() {}, fatal() {}, trace() {} };

/** Puts all mutants of these sources behind switches. @param sources by path in the repository */
export async function instrument(sources: ReadonlyMap<string, string>): Promise<Instrumented> {
    const { Instrumenter } = await import("@stryker-mutator/instrumenter");
    const files = [...sources].map(([name, content]) => ({ name, content, mutate: true }));
    const made = await new Instrumenter(silent).instrument(files, { plugins: null, excludedMutations: [], ignorers: [onlyWords] });
    const mutants = made.mutants.filter(({ status }) => status !== "Ignored").map(({ id, fileName, replacement = "", location: { start, end } }): Mutant => {
        const lines = (sources.get(fileName) ?? "").split("\n");
        return {
            id,
            file: fileName,
            lineNumber: start.line + 1,
            line: lines[start.line]?.trim() ?? "",
            change: changeOf(onOneLine(between(lines, start, end)), onOneLine(replacement)),
        };
    });
    return { code: new Map(made.files.map(({ name, content }) => [name, content])), mutants, ignored: made.mutants.length - mutants.length };
}

interface Position { readonly line: number; readonly column: number }

function between(lines: readonly string[], start: Position, end: Position): string {
    const cut = lines.slice(start.line, end.line + 1);
    cut.push((cut.pop() ?? "").slice(0, end.column));
    return [(cut[0] ?? "").slice(start.column), ...cut.slice(1)].join("\n");
}

function onOneLine(code: string): string {
    return code.replace(/\s+/g, " ");
}

/** Longer code is cut at both ends, up to some characters beside what is different. */
const LONGEST = 80;
const AROUND = 12;

function changeOf(from: string, to: string): string {
    const most = Math.min(from.length, to.length);
    const same = (at: (index: number) => boolean, least: number) => Array.from({ length: least }).findIndex((_, index) => !at(index));
    const before = Math.max(0, same((index) => from[index] === to[index], most));
    const after = Math.max(0, same((index) => from.at(-1 - index) === to.at(-1 - index), most - before));
    const cut = (code: string): string => {
        const [start, end] = [Math.max(0, before - AROUND), Math.min(code.length, Math.max(code.length - after + AROUND, 0))];
        const middle = code.slice(start, end);
        return `${start > 0 ? "…" : ""}${middle.length > 2 * LONGEST ? `${middle.slice(0, LONGEST)}…` : `${middle}${end < code.length ? "…" : ""}`}`;
    };
    return from.length <= LONGEST && to.length <= LONGEST ? `${from} → ${to}` : `${cut(from)} → ${cut(to)}`;
}
