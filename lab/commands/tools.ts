import { existsSync } from "node:fs";
import { asExports, folders, labEnvironment } from "../environment";
import { files } from "../cluster/layout";
import { Problem } from "../../cli/problem";
import { runInteractively } from "../../cli/run";

export const hasCluster = (): boolean => existsSync(files(folders().cluster).kubeconfig);

function demandCluster(): void {
    if (!hasCluster()) {
        throw new Problem("There is no embedded cluster; npm start makes one.");
    }
}

/** Prints what a shell needs for `pulumi` and `kubectl` to work with the embedded cluster. */
export async function env(): Promise<void> {
    demandCluster();
    process.stdout.write(asExports(await labEnvironment()));
}

/** `kubectl` on the embedded cluster. @returns its exit code */
export async function kubectl(args: readonly string[]): Promise<number> {
    demandCluster();
    return runInteractively("kubectl", args, { env: await labEnvironment() });
}
