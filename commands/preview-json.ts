import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { Problem } from "../cli/problem";
import { clusterIdIn } from "../policy/model/preview";
import type { Surroundings } from "../policy/posture/posture";
import { AS_JSON, LARGEST, NOT_ON_PATH } from "./pulumi";

/**
 * Previews a stack as `pulumi` on PATH does, without a policy pack, and gives the JSON. Pulumi's own warnings go to the standard error.
 * @param args more arguments for `pulumi preview`
 * @throws Problem with what Pulumi said
 */
export function makePreview(stack: string, args: readonly string[] = []): string {
    // Streamed events would be another format.
    const env = { ...process.env, PULUMI_ENABLE_STREAMING_JSON_PREVIEW: "false" };
    const { error, status, signal, stdout } = spawnSync("pulumi", [...AS_JSON, ...args, "--stack", stack], { env, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"], maxBuffer: LARGEST });
    if (error !== undefined) {
        const isMissing = "code" in error && error.code === "ENOENT";
        throw new Problem(isMissing ? `${NOT_ON_PATH}; or give the JSON of a preview with --preview.` : error.message);
    }
    if (status !== 0) {
        throw new Problem(`pulumi preview of ${stack} ended with ${signal ?? `exit code ${String(status)}`}.\n${errorsIn(stdout)}`.trim());
    }
    return stdout;
}

/** What a failed preview says, where it got as far as saying it in JSON. */
function errorsIn(stdout: string): string {
    try {
        const { diagnostics = [] } = JSON.parse(stdout) as { diagnostics?: { severity: string; message: string }[] };
        return diagnostics.filter(({ severity }) => severity === "error").map(({ message }) => message.trim()).join("\n");
    } catch {
        return stdout;
    }
}

export interface Options {
    /** File with the JSON of a preview; `-` for the standard input. Left out, one is made. */
    readonly preview?: string;
}

/** The JSON of a preview: a new one, or what stands in the file. @throws Problem where there is none */
export function previewOf(stack: string, { preview: file }: Options): string {
    if (file === undefined) {
        console.error(`Previewing ${stack} …`);
        return makePreview(stack);
    }
    try {
        return readFileSync(file === "-" ? 0 : file, "utf8");
    } catch (error) {
        throw new Problem(`--preview ${file}: ${(error as Error).message}`);
    }
}

/** Of a preview that was made in this environment. A stack without a clusterId names none, as one with an empty one does. */
export function surroundingsOf(json: string): Surroundings {
    return { kubeconfig: process.env["KUBECONFIG"], clusterId: clusterIdIn(json) ?? "" };
}
