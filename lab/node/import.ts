import { readFile } from "node:fs/promises";
import path from "node:path";
import { throwIfInterrupted } from "../../cli/interrupt";
import { Problem } from "../../cli/problem";
import { run } from "../../cli/run";
import { accelerator } from "./accelerator";
import { qemu, qemuEnvironment } from "./qemu";

/** What the node says last when all went well; see files/init. */
const DONE = "node: images imported";
const MINUTES = 10;

/** Boots the node once to hand its images to containerd, so that no later start has to. */
export async function importImages(image: string, detail: (text: string) => void): Promise<void> {
    const log = path.join(image, "import.log");
    const [program, ...args] = qemu({ image, disk: path.join(image, "disk"), accelerator: await accelerator(image), console: log, append: ["lab.import"] });
    const lines = async (): Promise<string[]> => (await readFile(log, "utf8").catch(() => "")).trim().split(/\r?\n/);
    const watch = setInterval(() => { void lines().then((said) => { detail((said.at(-1) ?? "").slice(0, 60)); }); }, 1000);
    try {
        const { failed, all } = await run(program, args, { env: qemuEnvironment(image), timeout: MINUTES * 60_000 });
        throwIfInterrupted();
        const said = await lines();
        if (failed || !said.includes(DONE)) {
            throw new Problem(`The node did not import its images. It said last:\n${[...said.slice(-8), (all ?? "").trim()].join("\n")}`);
        }
    } finally {
        clearInterval(watch);
    }
}
