import { readFileSync } from "node:fs";
import path from "node:path";
import { Problem } from "../../cli/problem";
import type { ImageConfig } from "./archive";

export interface Copy {
    /** Path on this machine. */
    readonly from: string;
    readonly to: string;
    /** In octal digits, as chmod takes it. */
    readonly mode?: string | undefined;
}

/** What a Dockerfile asks for, as far as it is understood here. */
export interface Dockerfile {
    readonly base: string;
    readonly packages: readonly string[];
    readonly copies: readonly Copy[];
    readonly config: ImageConfig;
}

/** The only command that is understood: it installs packages and does nothing else. */
const APT_INSTALL = /^apt-get update && apt-get install(?: --[a-z-]+)* ((?:[a-z0-9][a-z0-9.+-]* )+)&& rm -rf \/var\/lib\/apt\/lists\/\*$/;

function packagesOf(command: string): string[] {
    return APT_INSTALL.exec(command)?.[1]?.trim().split(" ") ?? [];
}

function copyOf(rest: string): Copy | undefined {
    const [, mode, from, to] = /^(?:--chmod=(\d+) )?([^\s-]\S*) (\/\S+)$/.exec(rest) ?? [];
    return from === undefined || to === undefined ? undefined : { from, to, mode };
}

/** Reads the Dockerfile of an image that has to be built without docker too. @throws Problem for an instruction that would be lost */
export function readDockerfile(file: string): Dockerfile {
    const text = readFileSync(file, "utf8").replace(/^\s*#.*\n/gm, "").replace(/\\\n\s*/g, "");
    const found = { base: "", packages: [] as string[], copies: [] as Copy[], config: {} as Record<string, string[]> };
    for (const line of text.split("\n").filter((each) => each.trim() !== "")) {
        const [, instruction = "", rest = ""] = /^([A-Z]+)\s+(.*)$/.exec(line) ?? [];
        const copy = instruction === "COPY" ? copyOf(rest) : undefined;
        if (instruction === "FROM") {
            found.base = rest;
        } else if (instruction === "RUN" && packagesOf(rest).length > 0) {
            found.packages.push(...packagesOf(rest));
        } else if (copy !== undefined) {
            found.copies.push({ ...copy, from: path.join(path.dirname(file), copy.from) });
        } else if ((instruction === "ENTRYPOINT" || instruction === "CMD") && rest.startsWith("[")) {
            found.config[instruction === "CMD" ? "Cmd" : "Entrypoint"] = JSON.parse(rest) as string[];
        } else {
            throw new Problem(`${file} has "${line}", which the build without docker doesn't know.`);
        }
    }
    return found;
}
