import * as pulumi from "@pulumi/pulumi";
import { report } from "./config/problem";
import type { Config } from "./config/schema";
import { validate } from "./config/validate";

export type { Config } from "./config/schema";

/** Full keys of the encrypted values. The SDK has them in this variable only: `Config` asks for one key of one type at a time. */
function secretKeys(): string[] {
    return JSON.parse(process.env["PULUMI_CONFIG_SECRET_KEYS"] ?? "[]") as string[];
}

/**
 * The stack's configuration.
 * @throws pulumi.RunError with a line for each problem, before any resource is registered; Pulumi prints it without a stack trace.
 */
export function loadConfig(): Config {
    const result = validate({ entries: pulumi.runtime.allConfig(), secretKeys: secretKeys() });
    if ("problems" in result) {
        throw new pulumi.RunError(report(pulumi.getStack(), result.problems));
    }
    return result.config;
}
