import { createHash } from "node:crypto";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { canonical } from "./canonical";
import { checkWithParser } from "./parser";
import { ProfileError, readSource } from "./source";
import { checkStructure } from "./structure";

const DIRECTORY = join(__dirname, "profiles");
const PREFIX = "wikifunctions-";
/** Enough of a SHA-256 to tell versions apart, and to make up a text of the same name would take years. */
const HASH_DIGITS = 12;

export interface Profile {
    /** Name of the source file, without hash. */
    readonly source: string;
    /** Name in the kernel: the source's name and a hash of everything that the profile says. */
    readonly name: string;
    /** Self-contained text, abstractions inlined and comments left out, under that name. */
    readonly text: string;
}

/**
 * One profile, rendered. A changed profile is another profile: pods that run keep theirs, new ones ask for the new one by its name.
 * @param directory has the sources, and below `abstractions/` what they include
 * @throws ProfileError naming file and line
 */
export function renderProfile(directory: string, source: string): Profile {
    const written = readSource(directory, source);
    checkStructure(source, written);
    const lines = canonical(written);
    checkWithParser(source, lines);
    const text = `${lines.map((line) => line.text).join("\n")}\n`;
    const name = `${source}-${createHash("sha256").update(text).digest("hex").slice(0, HASH_DIGITS)}`;
    return { source, name, text: text.replace(`\nprofile ${source} `, `\nprofile ${name} `) };
}

export interface Profiles {
    readonly all: readonly Profile[];
    /** Name in the kernel of the profile of a workload, such as `orchestrator` or `evaluator-lua`. */
    readonly nameOf: (workload: string) => string;
}

/** All profiles in the directory: a node has each of them, whichever workloads the stack runs. */
export function renderProfiles(directory: string = DIRECTORY): Profiles {
    const sources = readdirSync(directory, { withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => entry.name).sort();
    const all = sources.map((source) => renderProfile(directory, source));
    const nameOf = (workload: string): string => {
        const source = `${PREFIX}${workload}`;
        const profile = all.find((candidate) => candidate.source === source);
        if (profile === undefined) {
            throw new ProfileError({ file: source }, "is missing; every workload needs a profile of its own");
        }
        return profile.name;
    };
    return { all, nameOf };
}
