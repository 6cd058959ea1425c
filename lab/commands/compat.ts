import { rm } from "node:fs/promises";
import path from "node:path";
import { listenForInterrupt } from "../../cli/interrupt";
import { labDirectory } from "../paths";
import { ensureToolchain } from "../toolchain";
import { RELEASE, releaseOf } from "../toolchain/release";
import { close, LANES } from "./checks";
import { runInLanes } from "./lanes";

/** Each deploys the stack `local` before it tries what the cluster refuses. */
const PARTS = ["test/cluster/guards.test.ts", "test/cluster/admission.test.ts"];

/** Runs them on the control plane of another release of Kubernetes. The embedded cluster and its tools stay as they are. @returns the exit code */
export async function compat(release: string): Promise<number> {
    listenForInterrupt();
    const lab = path.join(labDirectory(), "compat", releaseOf(release));
    Object.assign(process.env, { [RELEASE]: release, WIKIFUNCTIONS_LAB_DIR: lab });
    try {
        await ensureToolchain();
        return close(await runInLanes(PARTS, LANES));
    } finally {
        await rm(lab, { recursive: true, force: true });
    }
}
