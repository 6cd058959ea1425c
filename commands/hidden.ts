import { chmod, mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { quoted } from "../cli/shell";

/** Makes a folder, to put first on PATH, whose `node` hides variables from the program and the pack: Pulumi takes theirs from PATH. */
export async function hideFromProgram(bin: string, variables: readonly string[]): Promise<void> {
    await mkdir(bin, { recursive: true });
    const node = path.join(bin, "node");
    await writeFile(node, `#!/bin/sh\nunset ${variables.join(" ")}\nexec ${quoted(process.execPath)} "$@"\n`);
    await chmod(node, 0o700);
}
