import type { Path } from "./glob";
import type { Problem } from "./lexer";
import type { Profile } from "./parser";
import { letters, type FileRule, type OtherRule } from "./rule";

export type Role = "orchestrator" | "evaluator";

/** Features of abi/3.0 are mediated without gaps; older ones leave networks or sockets to everybody. */
const ABIS = ["abi/3.0", "abi/4.0"];
/** Flags that confine, or that only say how paths are told. */
const FLAGS = ["enforce", "kill", "attach_disconnected", "mediate_deleted"];

/** Read, map, lock, and execute under the same profile. */
const HARMLESS = ["r", "m", "k", "x"];
/** The only file that may be written: what is written there is gone. */
const WRITABLE = "/dev/null";
const WRITING = [...HARMLESS, "w", "a"];

/** Everything else that may be granted: streams, and signals and sockets within the profile; the container's runtime may stop it. */
const GRANTS: readonly RegExp[] = [
    /^network inet6? stream$/,
    /^signal (send|receive) peer=@\{profile_name\}$/,
    /^signal receive peer=\{unconfined,crun,runc\}$/,
    /^unix (create|bind|listen|getattr|setattr|getopt|setopt|shutdown) type=stream$/,
    /^unix (accept|connect|receive|send) type=stream peer=\(label=@\{profile_name\}\)$/,
];
/** Names are asked for over UDP, by the orchestrator only. */
const OF_ROLE: Readonly<Record<Role, readonly RegExp[]>> = { evaluator: [], orchestrator: [/^network inet6? dgram$/] };

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

function otherObjections({ grants }: OtherRule, role: Role): string[] {
    return grants.filter((grant) => ![...GRANTS, ...OF_ROLE[role]].some((allowed) => allowed.test(grant))).map((grant) => `grants ${grant}`);
}

/** What no profile may have, whatever is approved: by allow-list, so that what isn't known here can't be granted. */
export function objectionsTo({ abi, flags, rules }: Profile, role: Role): Problem[] {
    const granted = rules.filter(({ allows }) => allows).flatMap((rule) => ("glob" in rule ? fileObjections(rule) : otherObjections(rule, role)).map((is) => ({ is, line: rule.line })));
    return [
        ...(abi !== undefined && ABIS.includes(abi) ? [] : [{ is: `has ${abi ?? "no abi"}, not one of ${ABIS.join(", ")}`, line: undefined }]),
        ...flags.filter((flag) => !FLAGS.includes(flag)).map((flag) => ({ is: `has the flag ${flag}`, line: undefined })),
        ...granted,
    ];
}
