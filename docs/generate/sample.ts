import { throwIfInterrupted } from "../../cli/interrupt";
import { Problem } from "../../cli/problem";
import { STACK } from "../../lab/stack";
import type { Edit } from "../../evidence/edit";
import { Program } from "../../test/cluster/program";

/** Longest line of the sample, so that it can be read without scrolling. Characters. */
const WIDTH = 118;

/** The relaxation that the README shows: one service may write to its root file system. */
export const EDIT: Edit = {
    file: "infra/security.ts",
    from: "readOnlyRootFilesystem: true,",
    to: 'readOnlyRootFilesystem: !confinement.appArmorProfile.includes("evaluator-python"),',
};

/** Breaks a line between words as a terminal would, and keeps its indentation. */
function wrap(line: string): string {
    const indentation = /^ */.exec(line)?.[0] ?? "";
    const lines = line.trim().split(" ").reduce<string[]>((done, word) => {
        const last = done.at(-1);
        return last !== undefined && indentation.length + last.length + 1 + word.length <= WIDTH ? [...done.slice(0, -1), `${last} ${word}`] : [...done, word];
    }, []);
    return lines.map((text) => `${indentation}${text}`.trimEnd()).join("\n");
}

/** The verdict of a blocked preview: from `Policies:` on, without the progress before it, and without warnings about this machine's plugins. */
export function verdictIn(output: string): string | undefined {
    const start = output.search(/^Policies:$/m);
    return start === -1 ? undefined : output.slice(start).split("\n").filter((line) => !/^ *warning: /.test(line)).map(wrap).join("\n").trim();
}

/** Makes the edit in a copy of the program, previews that, and returns what the README shows of it. */
export async function blockedSample(env: Readonly<Record<string, string>>): Promise<string> {
    const program = await Program.copy(env);
    try {
        await program.edit(EDIT);
        const { exitCode, output } = await program.pulumi("preview", "--stack", STACK, "--policy-pack", "policy");
        throwIfInterrupted();
        const verdict = verdictIn(output);
        if (exitCode === 0 || verdict?.includes("[mandatory]") !== true) {
            throw new Problem(`The preview that the README shows was to be blocked by the policy pack; it ended with exit code ${exitCode} and said:\n${output}`);
        }
        return shown(verdict);
    } finally {
        await program.remove();
    }
}

function shown(verdict: string): string {
    return [
        `Say that [\`${EDIT.file}\`](${EDIT.file}) is changed like this:`,
        "",
        "```diff",
        `-        ${EDIT.from}`,
        `+        ${EDIT.to}`,
        "```",
        "",
        "`pulumi preview --policy-pack policy` then ends with:",
        "",
        "```text",
        verdict,
        "```",
    ].join("\n");
}
