import path from "node:path";
import { ownFolder } from "./files";
import { labDirectory } from "./paths";
import { files } from "./cluster/layout";
import { quoted } from "../cli/shell";

/** Folders of one lab, all below the same one. */
export const folders = (lab: string = labDirectory()) => ({
    bin: path.join(lab, "bin"),
    cluster: path.join(lab, "cluster"),
    /** All that `pulumi` keeps; whoever changes the stack holds the lock of this folder. */
    stack: path.join(lab, "pulumi"),
    /** The local file backend with the state of the stack. */
    backend: path.join(lab, "pulumi/state"),
    /** What `pulumi` would keep in ~/.pulumi: the selected stack, plugins. */
    home: path.join(lab, "pulumi/home"),
});

/** What the tools need to find the embedded cluster and its stack; a superset of nothing else, so that it can be printed. */
export interface LabEnvironment extends Record<string, string> {
    PATH: string;
    KUBECONFIG: string;
}

/** @param lab the lab's folder @param bin where its tools are */
export async function labEnvironment(lab: string = labDirectory(), bin: string = folders().bin): Promise<LabEnvironment> {
    const { cluster, backend, home } = folders(lab);
    await Promise.all([backend, home].map(ownFolder));
    const others = (process.env["PATH"] ?? "").split(path.delimiter).filter((directory) => directory !== bin);
    return {
        PATH: [bin, ...others].join(path.delimiter),
        KUBECONFIG: files(cluster).kubeconfig,
        // Without sidecar files: they aren't written in one go, and half of one, after a kill, makes the whole state unreadable.
        PULUMI_BACKEND_URL: `file://${backend}?metadata=skip`,
        PULUMI_HOME: home,
        // The stack of the embedded cluster holds no secret; its salt in Pulumi.local.yaml belongs to the empty passphrase.
        PULUMI_CONFIG_PASSPHRASE: "",
        PULUMI_SKIP_UPDATE_CHECK: "true",
    };
}

/**
 * Lines for a shell to evaluate. They put the tools before the shell's own PATH: this process has another one, with what npm adds to it.
 * @param bin where the lab's tools are
 */
export function asExports(environment: LabEnvironment, bin: string = folders().bin): string {
    const valueOf = (key: string, value: string): string => key === "PATH" ? `${quoted(bin)}:"$PATH"` : quoted(value);
    return Object.entries(environment).map(([key, value]) => `export ${key}=${valueOf(key, value)}\n`).join("");
}
