import { rules } from "../../policy/rules/index";
import { keysOf } from "../policy/harness";
import type { Registration } from "../project";
import { apply } from "./apply";
import type { Base } from "./base";
import { changesOf, type Change, type Edit } from "./edit";
import { isRelated, pathOf } from "./place";
import type { Found } from "./preview";

/** A preview, and the edits that it judges. */
export interface Batch {
    readonly edits: readonly Edit[];
    readonly registrations: readonly Registration[];
    /** Those of the violations that an edit can be to blame for. */
    readonly blame: (found: readonly Found[], edit: Edit) => readonly Found[];
    /** Whether the provider is one that takes everything. */
    readonly standIn?: boolean;
    readonly stack?: Edit["stack"];
}

/** What an edited form says by standing beside what it edits, whatever the edit. */
const BESIDE = ": its place in Pulumi is ";

/** Name of one of the resources that an edit makes. */
export function nameOf({ id }: Edit, index: number): string {
    return index === 0 ? id : `${id}-${String(index + 1)}`;
}

/** The program, and beside each resource all the edited forms of it, under the edits' names. */
function beside(base: Base, edits: readonly Edit[], standIn = false): Batch {
    const formsOf = (edit: Edit): Registration[] => apply(base, edit, "preview")
        .map((form, index) => ({ ...form, as: undefined, name: nameOf(edit, index) }));
    const forms = new Map(edits.map((edit) => [edit.id, formsOf(edit)]));
    return {
        edits,
        standIn,
        registrations: [...base.registrations, ...[...forms.values()].flat()],
        blame: (found, { id, add }) => {
            const ends = (forms.get(id) ?? []).map(({ name }) => `::${name}`);
            const own = found.filter(({ urn }) => ends.some((end) => urn.endsWith(end)));
            return own.filter(({ message }) => add !== undefined || !message.includes(BESIDE));
        },
    };
}

/** The program with edits made in place, all at once. What a rule says of one edit's resource no other is to blame for. */
function inPlace(program: Base, edits: readonly Edit[]): Batch {
    const [first] = edits;
    const start = first === undefined ? program : program.of(first);
    const { registrations } = edits.reduce((base, edit) => made(base, edit), start);
    const endsOf = (edit: Edit): string[] => apply(program, edit, "preview").map(({ name, as = name, type }) => `${type}::${as}`);
    const ends = new Map(edits.map((edit) => [edit.id, endsOf(edit)]));
    return {
        edits,
        registrations,
        ...(first?.stack === undefined ? {} : { stack: first.stack, standIn: true }),
        blame: (found, { id }) => found.filter(({ urn }) => {
            const owners = edits.filter((edit) => (ends.get(edit.id) ?? []).some((end) => urn.endsWith(end)));
            return owners.length === 0 || owners.some((owner) => owner.id === id);
        }),
    };
}

function made(base: Base, edit: Edit): Base {
    const gone = changesOf(edit).filter(({ drop }) => drop === true).map(({ target = "" }) => target);
    return base.with(apply(base, { ...edit, stack: undefined }, "preview")).without(gone);
}

/** In rounds, in each of which no two edits are in each other's way. */
function roundsOf(base: Base, edits: readonly Edit[], isInTheWay: (one: Edit, other: Edit) => boolean): readonly Batch[] {
    const rounds: Edit[][] = [];
    for (const edit of edits) {
        const isFree = (other: Edit): boolean => other.alone !== true && edit.stack === other.stack && !isInTheWay(edit, other);
        const free = edit.alone === true ? undefined : rounds.find((round) => round.every(isFree));
        if (free === undefined) {
            rounds.push([edit]);
        } else {
            free.push(edit);
        }
    }
    return rounds.map((round) => inPlace(base, round));
}

function anyOf(one: Edit, other: Edit, isInTheWay: (one: Change, other: Change) => boolean): boolean {
    return changesOf(one).some((change) => changesOf(other).some((another) => isInTheWay(change, another)));
}

function areOfOneTarget(one: Change, other: Change): boolean {
    return one.target !== undefined && one.target === other.target;
}

/** What one edit takes away another may refer to. */
function areApart(one: Change, other: Change): boolean {
    return areOfOneTarget(one, other) || (one.drop === true) !== (other.drop === true);
}

/** Two fields of one name are often one setting: of a container, and of its pod. A NetworkPolicy is one as a whole. */
function areOfOnePlace(one: Change, other: Change): boolean {
    if (one.add !== undefined && other.add !== undefined) {
        return one.add["kind"] === other.add["kind"];
    }
    const [first, second] = [pathOf(one), pathOf(other)];
    const isWhole = one.target?.startsWith("NetworkPolicy ") === true || [one, other].some(({ drop }) => drop === true);
    return areOfOneTarget(one, other) && (isWhole || isRelated(first, second) || keysOf(first).at(-1) === keysOf(second).at(-1));
}

/**
 * Edits that relax. What a rule says of one resource depends on nothing else, so that those go together, each beside what it edits; what
 * rules on the whole stack have to catch goes together by itself, and what shows in no other place than its own is edited there.
 */
export function batchesOf(base: Base, edits: readonly Edit[]): readonly Batch[] {
    const isOfStack = (edit: Edit): boolean => rules.find(({ name }) => name === edit.rule)?.scope === "stack";
    const isInPlace = ({ alone, drop, stack }: Edit): boolean => alone === true || drop === true || stack !== undefined;
    const together = edits.filter((edit) => !isInPlace(edit));
    const real = together.filter(({ standIn }) => standIn === undefined);
    return [
        beside(base, together.filter(({ standIn }) => standIn !== undefined), true),
        ...halvesOf(real.filter((edit) => !isOfStack(edit))).map((half) => beside(base, half)),
        beside(base, real.filter(isOfStack)),
        ...roundsOf(base, edits.filter(isInPlace), (one, other) => anyOf(one, other, areApart)),
    ].filter((batch) => batch.edits.length > 0);
}

/** Two previews run at a time. */
function halvesOf(edits: readonly Edit[]): readonly Edit[][] {
    return [0, 1].map((half) => edits.filter((_, index) => index % 2 === half));
}

/** Harmless edits, which have to pass together as well. */
export function harmlessBatchesOf(base: Base, edits: readonly Edit[]): readonly Batch[] {
    return roundsOf(base, edits, (one, other) => anyOf(one, other, areOfOnePlace));
}
