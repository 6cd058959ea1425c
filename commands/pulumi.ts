import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { REPOSITORY } from "../cli/repository";
import { Problem } from "../cli/problem";
import { run } from "../cli/run";

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
    /** As of `pulumi preview --json`, which shows options that no policy sees. */
    readonly json: string;
}

interface Event {
    readonly resourcePreEvent?: { readonly metadata: Step };
    readonly policyEvent?: PolicyViolation & { readonly enforcementLevel: string };
    readonly diagnosticEvent?: { readonly urn?: string; readonly severity: string; readonly message: string };
}

interface Options {
    readonly stack: string;
    readonly args?: readonly string[];
    readonly env?: Readonly<Record<string, string>>;
    /** Gets what Pulumi prints for people, once it has previewed. */
    readonly show?: (text: string) => void;
}

/** A preview as JSON. */
export const AS_JSON = ["preview", "--json", "--show-sames", "--non-interactive"];
/** What is said where there is no `pulumi`. */
export const NOT_ON_PATH = "pulumi is not on PATH. For the embedded cluster: eval \"$(npm run -s env)\"";
/** Both commands below have options for whoever debugs Pulumi; streamed events would be another format. */
const ENVIRONMENT = { PULUMI_DEBUG_COMMANDS: "true", PULUMI_ENABLE_STREAMING_JSON_PREVIEW: "false" };
/** Bytes; a preview of a large stack is some megabytes. */
export const LARGEST = 2 ** 30;

/** The engine's closing words, which say nothing that its events don't. */
const CLOSING = /^preview failed\s*$/;

/**
 * Runs `pulumi preview --policy-pack policy` once, which changes nothing: neither the cluster nor the state.
 * @throws Problem where the preview fails for another reason than a violation, in Pulumi's own words
 */
export async function preview({ stack, args = [], env = {}, show }: Options): Promise<Preview> {
    const folder = await mkdtemp(path.join(tmpdir(), "wikifunctions-preview-"));
    const log = path.join(folder, "events");
    const options = { cwd: REPOSITORY, env: { ...env, ...ENVIRONMENT }, maxBuffer: LARGEST };
    try {
        const result = await pulumi([...AS_JSON, "--policy-pack", "policy", "--stack", stack, ...args, "--event-log", log], options);
        const events = eventsIn(await readFile(log, "utf8").catch(() => ""));
        const violations = violationsIn(events);
        const errors = events.flatMap(({ diagnosticEvent }) => (diagnosticEvent?.severity === "error" ? [diagnosticEvent.message.trim()] : [])).filter((message) => !CLOSING.test(message));
        if (show !== undefined && events.length > 0) {
            await writeFile(log, withoutRepeats(events).map((event) => `${JSON.stringify(event)}\n`).join(""));
            show((await run("pulumi", ["replay-events", "update", log, "--preview", "--suppress-progress"], options)).all ?? "");
        }
        if (errors.length > 0 || (result.exitCode !== 0 && violations.length === 0)) {
            throw new Problem(`pulumi preview of ${stack} ended with exit code ${result.exitCode}:\n${errors.join("\n") || (result.all ?? "").trim()}`);
        }
        return { steps: events.flatMap(({ resourcePreEvent }) => (resourcePreEvent === undefined ? [] : [resourcePreEvent.metadata])), violations, json: result.stdout };
    } finally {
        await rm(folder, { recursive: true, force: true });
    }
}

/**
 * What the pack refuses in a stack's state, as `pulumi policy analyze` judges it: without the program, and without asking the cluster.
 * @throws Problem where the state can't be judged, in Pulumi's own words
 */
export async function violationsInState(stack: string): Promise<readonly PolicyViolation[]> {
    const { exitCode, stdout, stderr } = await pulumi(["policy", "analyze", "--json", "--non-interactive", "--policy-pack", "policy", "--stack", stack], { cwd: REPOSITORY, maxBuffer: LARGEST, all: false });
    const violations = violationsIn(eventsIn(stdout));
    if (exitCode !== 0 && violations.length === 0) {
        throw new Problem(`pulumi policy analyze of ${stack} ended with exit code ${exitCode}:\n${stderr.trim()}`);
    }
    return violations;
}

async function pulumi(args: readonly string[], options: Parameters<typeof run>[2]): ReturnType<typeof run> {
    const result = await run("pulumi", args, options);
    if ((result.exitCode as number | undefined) === undefined) {
        throw new Problem(NOT_ON_PATH);
    }
    return result;
}

/** Events of the engine, one a line. */
function eventsIn(lines: string): Event[] {
    return lines.split("\n").filter((line) => line !== "").map((line) => JSON.parse(line) as Event);
}

function violationsIn(events: readonly Event[]): PolicyViolation[] {
    return events.flatMap(({ policyEvent }) => (policyEvent?.enforcementLevel === "mandatory" ? [policyEvent] : []));
}

/** Each saying once, where it came last: Pulumi warns of a plugin each time that it starts it, and once before it knows of a stack. */
function withoutRepeats(events: readonly Event[]): Event[] {
    const said = events.map(({ diagnosticEvent: { urn = "", message } = {} }) => (message === undefined ? undefined : `${urn} ${message}`));
    const last = new Map(said.map((words, index) => [words, index]));
    return events.filter((_, index) => said[index] === undefined || last.get(said[index]) === index);
}
