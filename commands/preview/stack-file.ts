import { isDeepStrictEqual } from "node:util";
import { parse } from "yaml";

/** What the program is told, and what whoever runs Pulumi makes a key of with a passphrase. */
const FREE = ["config", "encryptionsalt"];

type Keys = Readonly<Record<string, unknown>>;

/** Top level of a stack's file; undefined where it has none, or can be read in more than one way. */
function keysOf(text: string): Keys | undefined {
    try {
        const value: unknown = parse(text) ?? {};
        return typeof value === "object" && !Array.isArray(value) ? value as Keys : undefined;
    } catch {
        return undefined;
    }
}

/**
 * What is wrong with a stack's file that somebody else has written, in words. Beside the program's config, Pulumi takes orders from it:
 * `environment` puts variables into the environment of the CLI, the program and the pack, and `secretsprovider` has the CLI log in
 * somewhere.
 * @param own text of the checkout's own; undefined where there is none
 */
export function objectionsToStackFile(file: string, text: string, own: string | undefined): string[] {
    const [keys, known] = [keysOf(text), keysOf(own ?? "") ?? {}];
    if (keys === undefined) {
        return [`${file} is no mapping in YAML; write it as pulumi config set does.`];
    }
    return Object.keys(keys).filter((key) => !FREE.includes(key) && !isDeepStrictEqual(keys[key], known[key]))
        .map((key) => `${file} has another ${JSON.stringify(key)} than the checkout's; of a change it may differ in ${FREE.join(" and ")} only, because Pulumi takes orders from the rest. Have the reviewers put it there first.`);
}
