import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { parse } from "yaml";
import { z } from "zod";

const text = z.string().min(1);
const properties = z.record(text, z.unknown());

/** The ways to edit; a change has one of them. */
const operations = {
    /** Puts the value at the path. */
    value: z.unknown(),
    /** Puts the second text in place of the first, within the text at the path. */
    replace: z.tuple([text, z.string()]),
    /** Takes away what stands at the path. */
    remove: z.literal(true),
    /** Puts another entry behind the last of the list at the path. */
    append: z.unknown(),
    /** The preview doesn't know what will stand at the path; an update would find it to be this. */
    unknown: z.unknown(),
    /** Another resource, as its manifest, or its properties where `type` says that it is no Kubernetes object. */
    add: properties,
    /** The target isn't there. */
    drop: z.literal(true),
    /** The target doesn't wait for these, by kind and name; `*` for nothing at all. */
    without: z.array(text).min(1),
    /** The target comes from a provider that the engine makes up, because the program gives it none. */
    defaultProvider: z.literal(true),
    /** Pulumi's options of the target, beside those that it has. */
    options: properties,
    /** Keys of the stack's config: what the program then makes otherwise. */
    config: properties,
};
export const OPERATIONS = Object.keys(operations) as (keyof typeof operations)[];

const change = z.strictObject({
    /** What is edited, by kind and name in the cluster: `Deployment orchestrator`. */
    target: text.optional(),
    /** Path in it that `path` starts from. */
    under: text.optional(),
    path: text.optional(),
    ...z.object(operations).partial().shape,
    /** Pulumi type token of an added resource, where its manifest doesn't say it. */
    type: text.optional(),
    component: z.boolean().optional(),
});

/** One change of one resource. */
export type Change = z.infer<typeof change>;

const schema = change.extend({
    /** More changes at the same time; of the same target, unless one names its own. */
    also: z.array(change).optional(),
    /** The stack that is edited, where it isn't the usual one. */
    stack: z.enum(["production"]).optional(),
    /** The rule that has to catch it; none in a harmless edit. */
    rule: text.optional(),
    /** Words that the violation has to have, where it doesn't name the edit's own path. */
    says: text.optional(),
    /** Previewed by itself, in place of what it edits. Others are previewed together, each beside what it edits. */
    alone: z.boolean().optional(),
    /** Why it matters, or why it doesn't. */
    why: text,
    /** Why no update of it can be run here. */
    noControl: text.optional(),
    /** Why the provider or the API server can't be asked for it here, so that its preview gets a provider that takes everything, and there is no update. */
    standIn: text.optional(),
});

/** Whatever a group says, each of its edits says; an edit's own words go first. */
const groups = z.array(z.looseObject({ edits: z.record(text, properties) }));

/** One edit of the deployment. */
export interface Edit extends z.infer<typeof schema> {
    /** Topic and name. */
    readonly id: string;
}

/** The edits of a folder: a file a topic, in it groups with what their edits have in common. @throws Error naming file and edit that can't be read */
export function load(folder: string): Edit[] {
    return readdirSync(folder).filter((file) => file.endsWith(".yaml")).sort().flatMap((file) => {
        const topic = path.basename(file, ".yaml");
        const parsed = groups.safeParse(parse(readFileSync(path.join(folder, file), "utf8")));
        if (!parsed.success) {
            throw new Error(`${file}: ${z.prettifyError(parsed.error)}`);
        }
        return parsed.data.flatMap(({ edits, ...shared }) => Object.entries(edits).map(([name, own]) => toEdit(`${topic}/${name}`, { ...shared, ...own })));
    });
}

function toEdit(id: string, raw: Record<string, unknown>): Edit {
    const edit = schema.safeParse(raw);
    if (!edit.success) {
        throw new Error(`${id}: ${z.prettifyError(edit.error)}`);
    }
    const used = changesOf(edit.data).map((each) => OPERATIONS.filter((operation) => operation in each));
    const wrong = used.find(({ length }) => length !== 1);
    if (wrong !== undefined) {
        throw new Error(`${id}: has ${wrong.join(", ") || "none"} of ${OPERATIONS.join(", ")} and needs exactly one`);
    }
    return { id, ...edit.data };
}

/** All that an edit changes. */
export function changesOf(edit: z.infer<typeof schema>): Change[] {
    const { target, under, also = [] } = edit;
    return [edit, ...also.map((other) => ({ ...(other.target === undefined && other.add === undefined ? { target, under } : {}), ...other }))];
}

export const relaxations = (): Edit[] => load(path.join(__dirname, "data"));
export const harmless = (): Edit[] => load(path.join(__dirname, "harmless")).map((edit) => ({ ...edit, id: `harmless/${edit.id}` }));
