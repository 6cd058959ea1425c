import { spawnSync } from "node:child_process";
import { PreviewError } from "../policy/model/preview";

/** Bytes; a preview of a large stack is some megabytes. */
const LARGEST = 2 ** 30;
const ARGUMENTS = ["preview", "--json", "--show-sames", "--non-interactive"];

/**
 * Previews a stack as `pulumi` on PATH does, without a policy pack, and gives the JSON. Pulumi's own warnings go to the standard error.
 * @param args more arguments for `pulumi preview`
 * @throws PreviewError with what Pulumi said
 */
export function makePreview(stack: string, args: readonly string[] = []): string {
    // Streamed events would be another format.
    const env = { ...process.env, PULUMI_ENABLE_STREAMING_JSON_PREVIEW: "false" };
    const { error, status, signal, stdout } = spawnSync("pulumi", [...ARGUMENTS, ...args, "--stack", stack], { env, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"], maxBuffer: LARGEST });
    if (error !== undefined) {
        const isMissing = "code" in error && error.code === "ENOENT";
        throw new PreviewError(isMissing ? "pulumi is not on PATH. For the embedded cluster: eval \"$(npm run -s env)\"; or give the JSON of a preview with --preview." : error.message);
    }
    if (status !== 0) {
        throw new PreviewError(`pulumi preview of ${stack} ended with ${signal ?? `exit code ${String(status)}`}.\n${errorsIn(stdout)}`.trim());
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
