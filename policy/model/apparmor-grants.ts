import type { Statement } from "./apparmor";

/** Why a statement is more than a profile of this project may grant; undefined where it isn't. */
export type Objection = string | undefined;

type Role = "orchestrator" | "evaluator";

/** Sockets that each role needs: names are asked for over UDP, by the orchestrator only. */
const SOCKETS: Readonly<Record<Role, readonly string[]>> = {
    evaluator: ["inet stream", "inet6 stream"],
    orchestrator: ["inet stream", "inet6 stream", "inet dgram", "inet6 dgram"],
};

/** The only file that may be written: what is written there is gone. */
const WRITABLE = new Set(["/dev/null"]);
/** Read, map, lock, and execute under the same profile. */
const HARMLESS = /^(r|m|k|ix)+$/;
const WRITING = /^(r|m|k|ix|w)+$/;
/** Signals and sockets stay within the profile; the container's runtime may stop it. */
const OWN = "peer=@{profile_name}";
const RUNTIME = "peer={unconfined,crun,runc}";
const OWN_SOCKET = "peer=(label=@{profile_name})";
const LOCAL_SOCKET = /^(create|bind|listen|getattr|setattr|getopt|setopt|shutdown)$/;

function socket(words: readonly string[], role: Role): Objection {
    const kind = words.slice(1).join(" ");
    return SOCKETS[role].includes(kind) ? undefined : `grants network ${kind === "" ? "of every kind" : kind}`;
}

function accesses(text: string): string[] {
    return (/\(([^)]*)\)/.exec(text)?.[1] ?? "").split(/[\s,]+/).filter((access) => access !== "");
}

function signal({ text, words }: Statement): Objection {
    const wanted = accesses(text);
    const peer = words.at(-1);
    const receives = wanted.length === 1 && wanted[0] === "receive" && peer === RUNTIME;
    return receives || (wanted.length > 0 && peer === OWN) ? undefined : "grants signals to or from others";
}

function unix({ text, words }: Statement): Objection {
    const wanted = accesses(text);
    const local = wanted.length > 0 && wanted.every((access) => LOCAL_SOCKET.test(access));
    return words.includes("type=stream") && (local || (wanted.length > 0 && words.at(-1) === OWN_SOCKET)) ? undefined : "grants Unix sockets shared with others";
}

/** The first part of a path, up to a slash that isn't inside of alternatives. */
function firstPart(path: string): string {
    return /^\/((?:\{[^}]*\}|[^/{])*)/.exec(path)?.[1] ?? "";
}

function file(words: readonly string[]): Objection {
    const [path = "", access = "", ...more] = words;
    if (more.length > 0 || path.includes("\"")) {
        return "is a file rule that can't be read";
    }
    if (/[*?[\]@]/.test(firstPart(path))) {
        return `grants access to every folder of the file system (${path})`;
    }
    if (!(WRITABLE.has(path) ? WRITING : HARMLESS).test(access)) {
        return `grants "${access}" on ${path}`;
    }
    return undefined;
}

/** By the first word of a statement. Whatever isn't here can't be granted: capability, mount, ptrace, userns, change_profile, file, … */
const KNOWN: Readonly<Record<string, (statement: Statement, role: Role) => Objection>> = {
    network: ({ words }, role) => socket(words, role),
    signal,
    unix,
};

/** Judges one statement in the body of a profile, by allow-list. */
export function objection(statement: Statement, role: Role): Objection {
    const { words, qualifiers, opensBlock } = statement;
    const [first = ""] = words;
    if (opensBlock) {
        return `opens a block of its own (${first})`;
    }
    if (qualifiers.includes("deny")) {
        return undefined;
    }
    if (first.startsWith("/")) {
        return file(words);
    }
    return Object.hasOwn(KNOWN, first) ? KNOWN[first]?.(statement, role) : `grants ${first}`;
}
