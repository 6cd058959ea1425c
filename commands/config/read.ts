import { parse } from "yaml";
import { Problem } from "../../cli/problem";
import type { RawConfig } from "../../infra/config/read";
import { suggestion } from "../../infra/config/suggestion";
import { isObject } from "../../policy/model/read";
import type { Value } from "../../policy/model/resource";

type Keys = Readonly<Record<string, Value>>;

const PROJECT = "wikifunctions";
/** What Pulumi knows at the top of a stack's file, and passes over all else. Source: workspace.ProjectStack of Pulumi's SDK. */
const TOP = ["config", "encryptionsalt", "encryptedkey", "secretsprovider", "environment"];

/** The top level of a YAML file. @throws Problem where it has none */
function topOf(file: string, text: string): Keys {
    try {
        const top = (parse(text) ?? {}) as Value;
        if (isObject(top)) {
            return top;
        }
    } catch (error) {
        throw new Problem(`${file} is no YAML: ${(error as Error).message}`);
    }
    throw new Problem(`${file} is no mapping in YAML.`);
}

function configOf(file: string, { config = {} }: Keys): Keys {
    // As `config:` with nothing below it.
    if (!isObject(config ?? {})) {
        throw new Problem(`${file}: config is no mapping; allowed: keys such as ${PROJECT}:kubeContext, each with its value.`);
    }
    return (config ?? {}) as Keys;
}

/** Whether there is an encrypted text in a value, which makes all of it secret. */
function isSecret(value: unknown): boolean {
    return typeof value === "object" && value !== null && (typeof (value as Keys)["secure"] === "string" || Object.values(value).some(isSecret));
}

/** Pulumi takes a key without a namespace for one of the project. */
const fullKey = (key: string): string => (key.includes(":") ? key : `${PROJECT}:${key}`);

/**
 * The config that Pulumi would hand to the program: of the stack's file, and the project's defaults for what it leaves out.
 * @param project text of Pulumi.yaml @param stack text of the stack's file
 * @throws Problem where Pulumi could not read them, or would pass over a part of them
 */
export function rawConfigOf(project: string, file: string, stack: string): RawConfig {
    const top = topOf(file, stack);
    const unknown = Object.keys(top).filter((key) => !TOP.includes(key));
    if (unknown.length > 0) {
        const named = unknown.map((key) => `${JSON.stringify(key)}${suggestion(key, TOP)}`).join(", ");
        throw new Problem(`${file} has at its top what Pulumi passes over: ${named}; allowed: ${TOP.join(", ")}.`);
    }
    const declared = Object.entries(configOf("Pulumi.yaml", topOf("Pulumi.yaml", project)));
    const defaults = declared.flatMap(([key, value]) => (isObject(value) && "default" in value ? [[key, value["default"]] as const] : []));
    const values = new Map([...defaults, ...Object.entries(configOf(file, top))].map(([key, value]) => [fullKey(key), value]));
    return {
        entries: Object.fromEntries([...values].map(([key, value]) => [key, typeof value === "string" ? value : JSON.stringify(value)])),
        secretKeys: [...values].flatMap(([key, value]) => (isSecret(value) ? [key] : [])),
    };
}
