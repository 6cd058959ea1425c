import { rules } from "../../policy/rules/index";
import type { Registration } from "../project";
import { apply } from "./apply";
import type { Base } from "./base";
import type { Edit } from "./edit";

/** The program with one edited resource in place of what it was. */
export function inPlace(base: Base, edit: Edit): readonly Registration[] {
    const changed = apply(base, edit, "preview");
    if (changed === undefined) {
        return without(base, [edit]);
    }
    return edit.add === undefined
        ? base.registrations.map((registration) => (registration.name === changed.name ? changed : registration))
        : [...base.registrations, changed];
}

/** The rule that an edited form breaks by standing beside what it edits, whatever the edit. */
export const BESIDE = "unique-names";

/** The program, and beside each resource all the edited forms of it, under the edits' names. */
export function beside(base: Base, edits: readonly Edit[]): Registration[] {
    return [...base.registrations, ...edits.flatMap((edit) => {
        const changed = apply(base, edit, "preview");
        return changed === undefined ? [] : [{ ...changed, name: edit.id }];
    })];
}

/** The program without the targets of these edits. */
export function without(base: Base, edits: readonly Edit[]): Registration[] {
    const gone = edits.map(({ target = "" }) => base.registration(target).name);
    return base.registrations.filter(({ name }) => !gone.includes(name))
        .map((registration) => ({ ...registration, dependsOn: registration.dependsOn?.filter((name) => !gone.includes(name)) }));
}

/** A preview, and the edits that it judges. */
export interface Batch {
    readonly edits: readonly Edit[];
    readonly registrations: readonly Registration[];
    /** Whether the provider is one that takes everything. */
    readonly standIn?: boolean;
}

/**
 * Edits that are previewed together. What a rule says of one resource depends on nothing else, so that these don't disturb each other;
 * the rules on the whole stack get a preview with none but the edits that they have to catch, one with all that is missing, and one for
 * each edit that is `alone`.
 */
export function batchesOf(base: Base, edits: readonly Edit[]): readonly Batch[] {
    const ofStack = (edit: Edit): boolean => rules.find(({ name }) => name === edit.rule)?.scope === "stack";
    const [standIns, real] = [true, false].map((is) => edits.filter(({ standIn }) => (standIn !== undefined) === is));
    const drops = real?.filter(({ drop }) => drop === true) ?? [];
    const [alone, together] = [true, false].map((is) => real?.filter((edit) => edit.drop !== true && (edit.alone === true) === is));
    return [
        { edits: standIns ?? [], registrations: beside(base, standIns ?? []), standIn: true },
        ...[together?.filter((edit) => !ofStack(edit)) ?? [], together?.filter(ofStack) ?? []].map((batch) => ({ edits: batch, registrations: beside(base, batch) })),
        { edits: drops, registrations: without(base, drops) },
        ...(alone ?? []).map((edit) => ({ edits: [edit], registrations: inPlace(base, edit) })),
    ].filter((batch) => batch.edits.length > 0);
}

/** Harmless edits: those `alone` in rounds, in each no resource more than once, because a measure that stands there twice is another stack; the rest together. */
export function harmlessBatchesOf(base: Base, edits: readonly Edit[]): readonly Batch[] {
    const alone = edits.filter((edit) => edit.alone === true);
    const turnOf = (edit: Edit): number => alone.filter(({ target }) => target === edit.target).indexOf(edit);
    const rounds = [...new Set(alone.map(turnOf))].map((turn) => alone.filter((edit) => turnOf(edit) === turn));
    return [
        { edits: edits.filter((edit) => edit.alone !== true), registrations: beside(base, edits.filter((edit) => edit.alone !== true)) },
        ...rounds.map((round) => ({ edits: round, registrations: allInPlace(base, round) })),
    ].filter((batch) => batch.edits.length > 0);
}

function allInPlace(base: Base, edits: readonly Edit[]): Registration[] {
    const changed = new Map(edits.flatMap((edit) => {
        const registration = apply(base, edit, "preview");
        return registration === undefined ? [] : [[registration.name, registration] as const];
    }));
    return without(base, edits.filter(({ drop }) => drop === true)).map((registration) => changed.get(registration.name) ?? registration);
}

/** Those of the violations that an edit can be to blame for: it stands beside others under its own name, or has changed the stack as a whole. */
export function ofEdit<Violation extends { readonly urn: string }>(found: readonly Violation[], { alone, drop, id }: Edit): readonly Violation[] {
    return alone === true || drop === true ? found : found.filter(({ urn }) => urn.endsWith(`::${id}`));
}
