import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { REPOSITORY } from "../lab/paths";
import { Problem } from "../lab/problem";
import { run } from "../lab/run";

/** What Pulumi keeps of a resource. `outputs` of a Kubernetes object are the object as the cluster has it. */
interface State {
    readonly inputs?: object;
    readonly outputs?: object;
}

/** What Pulumi would do to one resource. Source: apitype.StepEventMetadata of Pulumi's SDK. */
export interface Step {
    readonly op: string;
    readonly urn: string;
    readonly type: string;
    readonly old: State | null;
    readonly new: State | null;
    /** Paths that differ, where they are known. */
    readonly detailedDiff: Readonly<Record<string, unknown>> | null;
}

/** What a mandatory policy found. */
export interface PolicyViolation {
    readonly policyName: string;
    readonly message: string;
}

export interface Preview {
    readonly steps: readonly Step[];
    readonly violations: readonly PolicyViolation[];
}

interface Event {
    readonly resourcePreEvent?: { readonly metadata: Step };
    readonly policyEvent?: PolicyViolation & { readonly enforcementLevel: string };
    readonly diagnosticEvent?: { readonly severity: string; readonly message: string };
}

interface Options {
    readonly stack: string;
    readonly args?: readonly string[];
    readonly env?: Readonly<Record<string, string>>;
    /** Sees what Pulumi prints, as it comes. */
    readonly watch?: (text: string) => void;
}

/** The engine's closing words, which say nothing that its events don't. */
const CLOSING = /^preview failed\s*$/;

/**
 * Runs `pulumi preview --policy-pack policy`, which changes nothing: neither the cluster nor the state.
 * @throws Problem where the preview fails for another reason than a violation, in Pulumi's own words
 */
export async function preview({ stack, args = [], env = {}, watch }: Options): Promise<Preview> {
    const folder = await mkdtemp(path.join(tmpdir(), "wikifunctions-preview-"));
    const log = path.join(folder, "events");
    try {
        // Pulumi has the option for whoever debugs it.
        const result = await run("pulumi", ["preview", "--stack", stack, "--policy-pack", "policy", "--non-interactive", ...args, "--event-log", log], {
            cwd: REPOSITORY,
            env: { ...env, PULUMI_DEBUG_COMMANDS: "true" },
            ...(watch === undefined ? {} : { watch }),
        });
        if ((result.exitCode as number | undefined) === undefined) {
            throw new Problem("pulumi is not on PATH. For the embedded cluster: eval \"$(npm run -s env)\"");
        }
        const events = (await readFile(log, "utf8").catch(() => "")).split("\n").filter((line) => line !== "").map((line) => JSON.parse(line) as Event);
        const violations = events.flatMap(({ policyEvent }) => (policyEvent?.enforcementLevel === "mandatory" ? [policyEvent] : []));
        const errors = events.flatMap(({ diagnosticEvent }) => (diagnosticEvent?.severity === "error" ? [diagnosticEvent.message.trim()] : [])).filter((message) => !CLOSING.test(message));
        if (errors.length > 0 || (result.exitCode !== 0 && violations.length === 0)) {
            throw new Problem(`pulumi preview of ${stack} ended with exit code ${result.exitCode}:\n${errors.join("\n") || (result.all ?? "").trim()}`);
        }
        return { steps: events.flatMap(({ resourcePreEvent }) => (resourcePreEvent === undefined ? [] : [resourcePreEvent.metadata])), violations };
    } finally {
        await rm(folder, { recursive: true, force: true });
    }
}
