import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { RunError } from "@pulumi/pulumi";

/** A line of a rendered profile, and where somebody wrote it. */
export interface Line {
    readonly text: string;
    /** Path below the directory of profiles. */
    readonly file: string;
    /** Counted from 1. */
    readonly number: number;
}

/** A profile that must not reach a node. One line, without a stack trace. */
export class ProfileError extends RunError {
    public constructor(where: Pick<Line, "file"> & Partial<Line>, problem: string) {
        super(`AppArmor profile ${where.file}${where.number === undefined ? "" : `, line ${where.number}`}: ${problem}`);
    }
}

const INCLUDE = /^\s*#?include\b/;
const OWN_INCLUDE = /^\s*include <(abstractions\/[a-z][a-z0-9-]*)>$/;

function linesOf(directory: string, file: string): Line[] {
    return readFileSync(join(directory, file), "utf8").trimEnd().split("\n").map((text, index) => ({ text, file, number: index + 1 }));
}

function abstraction(directory: string, include: Line): Line[] {
    const path = OWN_INCLUDE.exec(include.text)?.[1];
    if (path === undefined || !existsSync(join(directory, path))) {
        throw new ProfileError(include, `"${include.text.trim()}" is none of the abstractions beside it`);
    }
    const lines = linesOf(directory, path);
    const nested = lines.find(({ text }) => INCLUDE.test(text));
    if (nested !== undefined) {
        throw new ProfileError(nested, "an abstraction may not include another");
    }
    return lines;
}

/**
 * A profile's lines with our abstractions in place of their includes: a ConfigMap entry has no neighbours, and the system's abstractions
 * differ from node to node.
 * @throws ProfileError on an include that isn't ours
 */
export function readSource(directory: string, file: string): Line[] {
    return linesOf(directory, file).flatMap((line) => (INCLUDE.test(line.text) ? abstraction(directory, line) : [line]));
}
