import { accessSync, constants } from "node:fs";
import { run } from "../../cli/run";
import { throwIfInterrupted } from "../../cli/interrupt";
import { qemu, qemuEnvironment } from "./qemu";

/** Milliseconds for a kernel to come up under KVM; it takes some hundred. A machine may offer KVM and never get anywhere with it. */
const PATIENCE = 5000;

function offersKvm(): boolean {
    try {
        accessSync("/dev/kvm", constants.R_OK | constants.W_OK);
        return true;
    } catch {
        return false;
    }
}

let found: Promise<"kvm" | "tcg"> | undefined;

async function probe(image: string): Promise<"kvm" | "tcg"> {
    if (!offersKvm()) {
        return "tcg";
    }
    const [program, ...args] = qemu({ image, disk: "/dev/null", accelerator: "kvm", console: "/dev/null", append: ["lab.probe"] });
    const { failed } = await run(program, args, { env: qemuEnvironment(image), timeout: PATIENCE, killSignal: "SIGKILL" });
    throwIfInterrupted();
    return failed ? "tcg" : "kvm";
}

/** KVM where a kernel really comes up with it, else qemu's own emulation. */
export function accelerator(image: string): Promise<"kvm" | "tcg"> {
    found ??= probe(image);
    return found;
}
