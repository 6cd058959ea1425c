import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Automaton, gainOfFiles, gainOfOthers } from "./automaton";

/** What the kernel would get of a profile. */
export interface Compiled {
    readonly name: string;
    /** Bits of the granted capabilities, in two words. */
    readonly capabilities: readonly number[];
    readonly others: Automaton;
    readonly files: Automaton;
}

/** Goes nowhere. */
const NOTHING = new Automaton(undefined);

/** Not on every user's PATH. */
const SYSTEM_PATH = "/usr/local/sbin:/usr/sbin:/sbin";
/** Features of a kernel that mediates all that the abi names, whatever this machine's does. */
const FEATURES = "/etc/apparmor.d/abi/3.0";
const ARGUMENTS = [
    ..."--skip-kernel-load --skip-cache --skip-read-cache --quiet --stdout".split(" "),
    `--features-file=${FEATURES}`,
];
const MOST_OUTPUT = 2 ** 30;

/** Undefined where this machine has no apparmor_parser. */
export function parserOutput(text: string): Buffer | undefined {
    const folder = mkdtempSync(join(tmpdir(), "apparmor-"));
    try {
        const file = join(folder, "profiles");
        writeFileSync(file, text);
        const env = { ...process.env, LC_ALL: "C", PATH: `${process.env["PATH"] ?? ""}:${SYSTEM_PATH}` };
        const options = { env, maxBuffer: MOST_OUTPUT };
        const { error, status, stdout, stderr } = spawnSync("apparmor_parser", [...ARGUMENTS, file], options);
        if (error !== undefined) {
            return undefined;
        }
        if (status !== 0) {
            throw new Error(`${String(stderr)}\n${text}`);
        }
        return stdout;
    } finally {
        rmSync(folder, { recursive: true });
    }
}

/** Compiles profiles, at a fraction of a process each. Their texts have the same first line, which may stand once. */
export function compile(texts: readonly string[]): Compiled[] {
    const [[abi = ""] = []] = texts.map((text) => text.split("\n"));
    return read(parserOutput([abi, ...texts.map((text) => text.slice(abi.length + 1))].join("\n")) ?? Buffer.alloc(0));
}

/** What one profile grants and the other doesn't, and where. */
export function gain(inner: Compiled, outer: Compiled): string | undefined {
    return inner.capabilities.some((word, index) => (word & ~(outer.capabilities[index] ?? 0)) !== 0)
        ? "a capability"
        : gainOfFiles(inner.files, outer.files) ?? gainOfOthers(inner.others, outer.others);
}

interface Value {
    /** Its own, or the last one before it. */
    readonly name: string;
    readonly value: number | string | Buffer;
}

/** Sorts of values by the byte in front of them; of others, a byte is all there is. */
const SORT = { u8: 0, u16: 1, u32: 2, u64: 3, name: 4, string: 5, blob: 6, structure: 7 } as const;

/** The flat list of a serialized policy. */
function values(data: Buffer): Value[] {
    const found: Value[] = [];
    let name = "";
    for (let at = 0; at < data.length;) {
        const sort = data.readUInt8(at);
        at += 1;
        if (sort === SORT.name || sort === SORT.string) {
            const length = data.readUInt16LE(at);
            const text = data.toString("latin1", at + 2, at + 1 + length);
            at += 2 + length;
            name = sort === SORT.name ? text : name;
            found.push(...(sort === SORT.string ? [{ name, value: text }] : []));
        } else if (sort === SORT.blob) {
            const length = data.readUInt32LE(at);
            found.push({ name, value: data.subarray(at + 4, at + 4 + length) });
            at += 4 + length;
        } else if (sort <= SORT.u64) {
            const width = 2 ** sort;
            found.push({ name, value: width > 4 ? 0 : data.readUIntLE(at, width) });
            at += width;
        } else if (sort === SORT.structure) {
            found.push({ name, value: "{" });
        }
    }
    return found;
}

/** Profiles one after the other: a version, a name, flags, capabilities, other accesses, files if there are any. */
function read(data: Buffer): Compiled[] {
    const all = values(data);
    const starts = all.flatMap(({ name }, index) => (name === "version" ? [index] : []));
    return starts.map((start, index) => {
        const own = all.slice(start, starts[index + 1]);
        const place = (of: string): number => own.findIndex(({ name }) => name === of);
        const [upper, policy] = [place("caps64"), place("policydb")];
        const blobs = own.slice(policy).map(({ value }) => value).filter((value) => Buffer.isBuffer(value));
        const [others, files] = blobs.map((blob) => new Automaton(blob));
        const name = own.find(({ name: of, value }) => of === "profile" && value !== "{")?.value;
        // Granted, audited, denied quietly, of another sort; then the same of the upper half, in a structure.
        const [low, high] = [own[upper - 4]?.value, own[upper + 1]?.value];
        if (typeof name !== "string" || others === undefined || typeof low !== "number" || typeof high !== "number") {
            throw new Error(`apparmor_parser's output has another form: ${own.map((value) => value.name).join(" ")}`);
        }
        return { name, capabilities: [low, high], others, files: files ?? NOTHING };
    });
}
