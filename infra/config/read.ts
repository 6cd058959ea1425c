import type { Problem } from "./problem";
import { schema } from "./schema";
import { suggestion } from "./suggestion";

/** Stack configuration as Pulumi hands it to a program: full keys, and text that is JSON for all but strings. */
export interface RawConfig {
    readonly entries: Readonly<Record<string, string>>;
    /** Full keys of what is stored encrypted. */
    readonly secretKeys: readonly string[];
}

const NAMESPACE = "wikifunctions:";
/** The Kubernetes provider is explicit, so that keys for the default one would be silently without effect. */
const WITHOUT_EFFECT = "kubernetes:";

const KNOWN: ReadonlySet<string> = new Set(Object.keys(schema.shape));

function problemWith(fullKey: string, secret: boolean): Problem | undefined {
    if (fullKey.startsWith(WITHOUT_EFFECT)) {
        return { key: "kubeContext", is: `does not go together with ${fullKey}`, allowed: "no keys of the default Kubernetes provider, which is not used here" };
    }
    const key = fullKey.slice(NAMESPACE.length);
    if (!KNOWN.has(key)) {
        return { key, is: `is not a known key${suggestion(key, [...KNOWN])}`, allowed: [...KNOWN].join(", ") };
    }
    // Everything here ends up in manifests in plain text, much of it in the environment of user code.
    return secret ? { key, is: "is stored as a secret", allowed: "plain values only, because none of them stays secret in the cluster" } : undefined;
}

/** Another project's key is none of ours, but one that is nearly ours would be silently without effect. */
function misspelt(fullKey: string): Problem[] {
    const [namespace = "", key = ""] = fullKey.split(":");
    const isNearly = suggestion(`${namespace}:`, [NAMESPACE]) !== "";
    return isNearly ? [{ key, is: `is written ${fullKey}`, allowed: `${NAMESPACE}${key}` }] : [];
}

function parse(text: string): unknown {
    try {
        return JSON.parse(text);
    } catch {
        return text;
    }
}

const STRINGS = new Set(["kubeContext", "clusterId", "namespace", "imageRegistry", "seLinuxType"]);

/** The values under `wikifunctions:` by short key, and what is wrong with the keys themselves. Other projects' namespaces are none of ours. */
export function readEntries({ entries, secretKeys }: RawConfig): { values: Record<string, unknown>; problems: Problem[] } {
    const values: Record<string, unknown> = {};
    const problems: Problem[] = [];
    for (const [fullKey, text] of Object.entries(entries)) {
        if (!fullKey.startsWith(NAMESPACE) && !fullKey.startsWith(WITHOUT_EFFECT)) {
            problems.push(...misspelt(fullKey));
            continue;
        }
        const problem = problemWith(fullKey, secretKeys.includes(fullKey));
        if (problem !== undefined) {
            problems.push(problem);
            continue;
        }
        const key = fullKey.slice(NAMESPACE.length);
        values[key] = STRINGS.has(key) ? text : parse(text);
    }
    return { values, problems };
}
