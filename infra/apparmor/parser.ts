import { spawnSync } from "node:child_process";
import { ProfileError, type Line } from "./source";

/** Parses and compiles; loads nothing, and neither reads nor writes a cache. */
const ARGUMENTS = ["--skip-kernel-load", "--skip-read-cache", "--skip-cache"];
/** Not on every user's PATH. */
const SYSTEM_PATH = "/usr/local/sbin:/usr/sbin:/sbin";
const AT_LINE = /at line (\d+): (.*)/;

/**
 * Asks `apparmor_parser` (about 10 ms a profile), where this machine has one; the nodes' own parser has the last word in any case.
 * @returns whether there was one to ask
 * @throws ProfileError with the place in the source and the parser's own words
 */
export function checkWithParser(file: string, lines: readonly Line[], program = "apparmor_parser"): boolean {
    const result = spawnSync(program, ARGUMENTS, {
        input: lines.map(({ text }) => text).join("\n"),
        encoding: "utf8",
        env: { ...process.env, LC_ALL: "C", PATH: `${process.env["PATH"] ?? ""}:${SYSTEM_PATH}` },
    });
    if (result.error !== undefined) {
        return false;
    }
    if (result.status !== 0) {
        const match = AT_LINE.exec(result.stderr);
        throw new ProfileError(lines[Number(match?.[1] ?? 0) - 1] ?? { file }, match?.[2] ?? result.stderr.trim().replaceAll("\n", " "));
    }
    return true;
}
