import { readFile, rm } from "node:fs/promises";
import path from "node:path";
import { REPOSITORY } from "../../cli/repository";
import type { Project, Registration } from "../project";

/** What the engine says that the pack found. */
export interface Found {
    readonly urn: string;
    /** The rule, or the policy where it isn't of rules. */
    readonly rule: string;
    readonly level: string;
    readonly message: string;
}

/** Behind the policy's description, a message begins with the rule's name. */
const RULE = /\n([a-z][a-z-]+): /;

interface Run {
    readonly exitCode: number;
    readonly output: string;
}

/** Those of the engine's events that are read here. */
interface Event {
    readonly policyEvent?: { readonly resourceUrn?: string; readonly policyName: string; readonly enforcementLevel: string; readonly message: string };
    readonly resOutputsEvent?: { readonly metadata: { readonly urn: string } };
    readonly diagnosticEvent?: { readonly urn?: string; readonly severity: string; readonly message: string };
}

async function run(project: Project, registrations: readonly Registration[], ...args: readonly string[]): Promise<Run & { readonly events: readonly Event[] }> {
    await project.register(registrations);
    const log = path.join(project.directory, "events.json");
    const ended = await project.pulumi(...args, "--event-log", log);
    const text = await readFile(log, "utf8").catch(() => { throw new Error(`pulumi ${args.join(" ")} didn't start:\n${ended.output}`); });
    const lines = text.split("\n").filter((line) => line !== "");
    await rm(log);
    return { ...ended, events: lines.map((line) => JSON.parse(line) as Event) };
}

/** Runs a real `pulumi preview` of these resources under the pack. */
export async function preview(project: Project, registrations: readonly Registration[]): Promise<Run & { readonly found: readonly Found[] }> {
    const { events, ...ended } = await run(project, registrations, "preview", "--policy-pack", path.join(REPOSITORY, "policy"));
    const found = events.map(({ policyEvent }) => policyEvent).filter((event) => event !== undefined)
        .map(({ resourceUrn = "", policyName, enforcementLevel, message }) => ({ urn: resourceUrn, rule: RULE.exec(message)?.[1] ?? policyName, level: enforcementLevel, message }));
    return { ...ended, found };
}

/** Deploys these resources for real, without the pack. @returns names in Pulumi of what the cluster has now, and what was said of the others */
export async function deploy(project: Project, registrations: readonly Registration[]): Promise<{ readonly made: ReadonlySet<string>; readonly refused: ReadonlyMap<string, string> }> {
    const { events } = await run(project, registrations, "up", "--yes", "--skip-preview", "--continue-on-error");
    const nameOf = (urn: string): string => urn.split("::").at(-1) ?? "";
    return {
        made: new Set(events.map(({ resOutputsEvent }) => resOutputsEvent?.metadata.urn).filter((urn) => urn !== undefined).map(nameOf)),
        refused: new Map(events.map(({ diagnosticEvent }) => diagnosticEvent).filter((event) => event?.severity === "error").map((event) => [nameOf(event?.urn ?? ""), event?.message ?? ""])),
    };
}
