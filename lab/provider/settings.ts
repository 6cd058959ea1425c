/** What the stack's configuration or the program's `new k8s.Provider` says about a cluster. */
export interface Settings {
    /** A path, or the text itself; empty for the usual places. */
    readonly kubeconfig: string;
    readonly context: string;
    readonly cluster: string;
    /** For objects that name none; empty for the context's own. */
    readonly namespace: string;
    readonly deleteUnreachable: boolean;
    readonly skipUpdateUnreachable: boolean;
    readonly enableConfigMapMutable: boolean;
    readonly enableSecretMutable: boolean;
    readonly enablePatchForce: boolean;
    readonly upsertExistingObjects: boolean;
}

const PREFIX = "kubernetes:config:";
/** Switches, and the environment variable that sets one where the configuration doesn't. */
const SWITCHES = {
    deleteUnreachable: "PULUMI_K8S_DELETE_UNREACHABLE",
    skipUpdateUnreachable: "PULUMI_K8S_SKIP_UPDATE_UNREACHABLE",
    enableConfigMapMutable: "PULUMI_K8S_ENABLE_CONFIGMAP_MUTABLE",
    enableSecretMutable: "PULUMI_K8S_ENABLE_SECRET_MUTABLE",
    enablePatchForce: "PULUMI_K8S_ENABLE_PATCH_FORCE",
    upsertExistingObjects: "PULUMI_K8S_UPSERT_EXISTING_OBJECTS",
} as const;
/** Settings of the official provider that change what it does and that this one doesn't know; the value that is the same as none. */
const UNSUPPORTED: Readonly<Record<string, string>> = { enableServerSideApply: "true", renderYamlToDirectory: "", strictMode: "false", alwaysRender: "false" };

/**
 * @param variables as the engine sends them, `kubernetes:config:context` and so on
 * @throws Error naming the setting that this provider doesn't support
 */
export function readSettings(variables: Readonly<Record<string, string>>, env: NodeJS.ProcessEnv): Settings {
    for (const [key, harmless] of Object.entries(UNSUPPORTED)) {
        const value = variables[PREFIX + key] ?? harmless;
        if (value !== harmless) {
            throw new Error(`kubernetes:${key} is ${value}; this provider supports only ${harmless === "" ? "leaving it out" : harmless}. Pulumi's official Kubernetes plugin supports more.`);
        }
    }
    const text = (key: string): string => variables[PREFIX + key] ?? "";
    const isOn = (key: keyof typeof SWITCHES): boolean => (variables[PREFIX + key] ?? env[SWITCHES[key]]) === "true";
    return {
        kubeconfig: text("kubeconfig"),
        context: text("context"),
        cluster: text("cluster"),
        namespace: text("namespace"),
        deleteUnreachable: isOn("deleteUnreachable"),
        skipUpdateUnreachable: isOn("skipUpdateUnreachable"),
        enableConfigMapMutable: isOn("enableConfigMapMutable"),
        enableSecretMutable: isOn("enableSecretMutable"),
        enablePatchForce: isOn("enablePatchForce"),
        upsertExistingObjects: isOn("upsertExistingObjects"),
    };
}
