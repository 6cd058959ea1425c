import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import execa from "execa";
import { resourcesIn } from "../../../policy/model/preview";
import { print } from "../../../policy/posture/approved/file";
import type { LabEnvironment } from "../../environment";
import { step } from "../../../cli/progress";
import { REPOSITORY } from "../../../cli/repository";
import { IDLE_PROVIDER } from "../../paths";
import { STACK } from "../../stack";
import { measure, succeed, type Figure } from "./figure";
import { NO_PACK, processorSeconds, tellProcessorTime } from "./processor";
import { PROGRAM, stackWith, type Resource } from "./stack";

const PACK = "policy";
const NOTHING = "nothing";

/** By size: how long a preview takes without the pack and with it, and processor time of the pack's process and of one that judges nothing. */
export interface Previews {
    readonly bare: Figure[];
    readonly judged: Figure[];
    readonly pack: Figure[];
    readonly nothing: Figure[];
}

/**
 * What previews of stacks with so many resources take. The stack is the deployed one and copies of what it has, so that every rule has
 * something to read and none finds anything. The provider makes nothing, so that the engine and the pack count.
 */
export async function previews(counts: readonly number[], rounds: number, lab: LabEnvironment): Promise<Previews> {
    const folder = await mkdtemp(path.join(tmpdir(), "wikifunctions-preview-"));
    const env = {
        ...lab,
        PATH: [path.join(folder, "bin"), lab.PATH].join(path.delimiter),
        PULUMI_BACKEND_URL: `file://${path.join(folder, "state")}`,
        PULUMI_HOME: path.join(folder, "home"),
    };
    const options = { cwd: folder, env };
    try {
        const deployed = await deployedResources(lab);
        await Promise.all(["bin", "state", NOTHING].map((name) => mkdir(path.join(folder, name))));
        await symlink(IDLE_PROVIDER, path.join(folder, "bin/pulumi-resource-kubernetes"));
        await symlink(path.join(REPOSITORY, "node_modules"), path.join(folder, "node_modules"));
        await Promise.all(Object.entries(PROGRAM).map(([file, text]) => writeFile(path.join(folder, file), text)));
        await Promise.all(Object.entries(NO_PACK).map(([file, text]) => writeFile(path.join(folder, NOTHING, file), text)));
        await cp(path.join(REPOSITORY, PACK), path.join(folder, PACK), { recursive: true, filter: (file) => path.basename(file) !== "node_modules" });
        await cp(path.join(REPOSITORY, "tsconfig.json"), path.join(folder, "tsconfig.json"));
        await symlink(path.join(REPOSITORY, PACK, "node_modules"), path.join(folder, PACK, "node_modules"));
        await succeed("pulumi", ["stack", "init", STACK, "--non-interactive"], options);
        const figures: Previews = { bare: [], judged: [], pack: [], nothing: [] };
        for (const count of counts) {
            await writeFile(path.join(folder, "resources.json"), JSON.stringify(stackWith(deployed, count)));
            const preview = (more: Readonly<Record<string, string>>, ...args: readonly string[]): Promise<void> => succeed("pulumi", ["preview", "--non-interactive", "--suppress-progress", ...args], { ...options, env: { ...env, ...more } });
            const what = `preview of ${count.toLocaleString("en")} resources`;
            await approve(folder, (await execa("pulumi", ["preview", "--json", "--show-sames", "--non-interactive"], options)).stdout);
            const processor = async (pack: string, name: string): Promise<Figure> => {
                const told = await mkdtemp(path.join(folder, "processor-"));
                await preview({ NODE_OPTIONS: tellProcessorTime(told) }, "--policy-pack", path.join(folder, pack));
                return { what: `processor seconds of ${name}`, seconds: [await processorSeconds(told)] };
            };
            figures.bare.push(await measure(`${what} without the policy pack`, rounds, () => preview({})));
            figures.judged.push(await measure(`${what} with it`, rounds, () => preview({}, "--policy-pack", path.join(folder, PACK))));
            figures.pack.push(await step("Processor time of the pack", () => processor(PACK, "the policy pack in it")));
            figures.nothing.push(await step("Processor time of a pack that judges nothing", () => processor(NOTHING, "a pack that judges nothing")));
        }
        return figures;
    } finally {
        await rm(folder, { recursive: true, force: true });
    }
}

/** Approves all of a preview in the folder's own copy of the pack. */
async function approve(folder: string, json: string): Promise<void> {
    await writeFile(path.join(folder, PACK, "approved", `${STACK}.yaml`), print(resourcesIn(json)));
}

async function deployedResources(env: LabEnvironment): Promise<readonly Resource[]> {
    const { stdout } = await execa("pulumi", ["stack", "export", "--stack", STACK], { cwd: REPOSITORY, env });
    return (JSON.parse(stdout) as { deployment: { resources: Resource[] } }).deployment.resources;
}
