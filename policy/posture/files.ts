import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv } from "ajv";
import { FOLDERS } from "../folders";
import { Unusable } from "../model/unusable";
import type { Resource } from "../model/resource";
import { parse } from "./approved/file";
import { daysUntil, today, type Clock } from "./days";
import { derivedFrom } from "./derived";
import { problemsOf } from "./floor";
import type { Posture, PostureFile, Surroundings } from "./posture";

/** Holds for a stack that has no file of its own: its namespaces, and nothing approved in them. */
const STRICTEST = "strictest";

/** Raised where a posture can't be used. */
export class PostureError extends Unusable {}

/** Files of a stack, as paths in the repository, and whether they are there. */
export interface StackFiles {
    readonly posture: string;
    readonly approved: string;
    readonly exist: { readonly posture: boolean; readonly approved: boolean };
}

/** @throws PostureError for a stack that can't have files of its own */
export function filesOf(stack: string): StackFiles {
    if (!mayHaveFiles(stack)) {
        throw new PostureError(`"${stack}" can't have a posture of its own: that takes a name of lower-case letters, digits and hyphens, other than schema.`);
    }
    const exist = { posture: existsSync(join(FOLDERS.posture, `${stack}.json`)), approved: existsSync(join(FOLDERS.approved, `${stack}.yaml`)) };
    return { posture: `policy/postures/${stack}.json`, approved: `policy/approved/${stack}.yaml`, exist };
}

function mayHaveFiles(stack: string): boolean {
    return /^[a-z0-9][a-z0-9-]*$/.test(stack) && stack !== "schema";
}

function read(file: string): unknown {
    try {
        return JSON.parse(readFileSync(join(FOLDERS.posture, file), "utf8"));
    } catch (error) {
        throw new PostureError(`policy/postures/${file}: ${(error as Error).message}`);
    }
}

/**
 * What stands in the file of a stack's posture, or in that of the strictest one.
 * @throws PostureError naming file, place and rule where the file doesn't follow schema.json, or approves what nothing may approve
 */
export function postureFileOf(stack: string): PostureFile {
    const file = mayHaveFiles(stack) && filesOf(stack).exist.posture ? `${stack}.json` : `${STRICTEST}.json`;
    return parsePosture(file, read(file));
}

/** @throws PostureError as {@link postureFileOf} does */
export function parsePosture(file: string, posture: unknown): PostureFile {
    const ajv = new Ajv({ allErrors: true, strict: true });
    const problems = ajv.validate(read("schema.json") as object, posture) ? problemsOf(posture as PostureFile) : [ajv.errorsText(undefined, { dataVar: "posture" })];
    if (problems.length > 0) {
        throw new PostureError(`policy/postures/${file}: ${problems.join("; ")}`);
    }
    return posture as PostureFile;
}

/** The objects that are approved for a stack; none where it has no file. @throws ApprovedError naming file, line and reason */
export function objectsOf(stack: string): Resource[] {
    const text = approvedText(stack);
    return text === undefined ? [] : parse(filesOf(stack).approved, text);
}

/** The text of a stack's file of approved objects, where there is one. */
export function approvedText(stack: string): string | undefined {
    return mayHaveFiles(stack) && filesOf(stack).exist.approved ? readFileSync(join(FOLDERS.approved, `${stack}.yaml`), "utf8") : undefined;
}

/** A posture as it counts on a day, with these objects approved. */
export function onDay({ waivers, ...file }: PostureFile, objects: readonly Resource[], day: string, surroundings: Surroundings = {}): Posture {
    const counted = waivers.map((waiver) => ({ ...waiver, daysLeft: daysUntil(waiver.expires, day) }));
    return { ...file, objects, ...derivedFrom(objects, file), waivers: counted, surroundings };
}

/** The posture of a stack as it counts today; throws as {@link postureFileOf} and {@link objectsOf} do. */
export function postureOf(stack: string, surroundings: Surroundings = {}, clock: Clock = today): Posture {
    return onDay(postureFileOf(stack), objectsOf(stack), clock(), surroundings);
}
