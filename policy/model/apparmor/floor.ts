import { covers, printAccess, readAccess, singly, type Access } from "./forms";
import type { Path } from "./glob";
import type { Profile } from "./parser";
import type { Problem } from "./problem";
import { letters, type FileRule, type OtherRule } from "./rule";

export type Role = "orchestrator" | "evaluator";

/** Read, map, lock, and execute under the same profile. */
const HARMLESS = ["r", "m", "k", "x"];
/** The only file that may be written: what is written there is gone. */
const WRITABLE = "/dev/null";
const WRITING = [...HARMLESS, "w", "a"];

/** What else may be granted: streams, and signals and sockets within the profile; the runtime may stop it. */
const GRANTS = [
    "network inet stream",
    "network inet6 stream",
    "signal (send, receive) peer=@{profile_name}",
    "signal (receive) peer={unconfined,crun,runc}",
    "unix (create, bind, listen, getattr, setattr, getopt, setopt, shutdown) type=stream",
    "unix (accept, connect, receive, send) type=stream peer=(label=@{profile_name})",
];
/** Names are asked for over UDP, by the orchestrator only. */
const OF_ORCHESTRATOR = ["network inet dgram", "network inet6 dgram"];

const read = (grants: readonly string[]): Access[] => grants.flatMap((grant) => readAccess(grant) ?? []);
const OF_ROLE: Readonly<Record<Role, readonly Access[]>> = {
    evaluator: read(GRANTS),
    orchestrator: read([...GRANTS, ...OF_ORCHESTRATOR]),
};

/** Whether the part of the path up to its second slash is spelled out. */
function isRooted(path: Path): boolean {
    const isSlash = path.map(({ among }) => among?.size === 1 && among.has("/"));
    const end = isSlash.indexOf(true, 1);
    return path.slice(0, end === -1 ? undefined : end).every(({ among, many }) => among?.size === 1 && !many);
}

function fileObjections({ glob: { text, paths }, access }: FileRule): string[] {
    const beyond = [...access].filter((each) => !(text === WRITABLE ? WRITING : HARMLESS).includes(each));
    return [
        ...(paths.every(isRooted) ? [] : [`grants access to every folder of the file system (${text})`]),
        ...(beyond.length === 0 ? [] : [`grants "${letters(beyond)}" on ${text}`]),
    ];
}

function otherObjections({ is }: OtherRule, role: Role): string[] {
    const beyond = singly(is).filter((part) => !OF_ROLE[role].some((allowed) => covers(allowed, part)));
    return beyond.map((part) => `grants ${printAccess(part)}`);
}

/** What no profile may grant, whatever is approved: by allow-list, so that what isn't known here can't be granted. */
export function objectionsTo({ rules }: Profile, role: Role): Problem[] {
    return rules.filter(({ allows }) => allows).flatMap((rule) => (
        ("glob" in rule ? fileObjections(rule) : otherObjections(rule, role)).map((is) => ({ is, line: rule.line }))
    ));
}
