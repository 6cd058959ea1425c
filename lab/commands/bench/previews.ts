import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import execa from "execa";
import { resourcesIn } from "../../../policy/model/preview";
import { print } from "../../../policy/posture/approved/file";
import type { LabEnvironment } from "../../environment";
import { REPOSITORY } from "../../../cli/repository";
import { STAND_IN } from "../../paths";
import { STACK } from "../../stack";
import { measure, succeed, type Figure } from "./figure";
import { PROGRAM, stackWith, type Resource } from "./stack";

const PACK = "policy";

/**
 * How long a preview of a stack with so many resources takes, by size, without the pack and with it. The stack is the deployed one and copies of
 * what it has, so that every rule has something to read and none finds anything. The provider makes nothing, so that the engine and the pack count.
 */
export async function previews(counts: readonly number[], rounds: number, lab: LabEnvironment): Promise<readonly [bare: readonly Figure[], judged: readonly Figure[]]> {
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
        await Promise.all(["bin", "state"].map((name) => mkdir(path.join(folder, name))));
        await symlink(STAND_IN, path.join(folder, "bin/pulumi-resource-kubernetes"));
        await symlink(path.join(REPOSITORY, "node_modules"), path.join(folder, "node_modules"));
        await Promise.all(Object.entries(PROGRAM).map(([file, text]) => writeFile(path.join(folder, file), text)));
        await cp(path.join(REPOSITORY, PACK), path.join(folder, PACK), { recursive: true, filter: (file) => path.basename(file) !== "node_modules" });
        await cp(path.join(REPOSITORY, "tsconfig.json"), path.join(folder, "tsconfig.json"));
        await symlink(path.join(REPOSITORY, PACK, "node_modules"), path.join(folder, PACK, "node_modules"));
        await succeed("pulumi", ["stack", "init", STACK, "--non-interactive"], options);
        const [bare, judged]: [Figure[], Figure[]] = [[], []];
        for (const count of counts) {
            await writeFile(path.join(folder, "resources.json"), JSON.stringify(stackWith(deployed, count)));
            const preview = (...more: readonly string[]): Promise<void> => succeed("pulumi", ["preview", "--non-interactive", "--suppress-progress", ...more], options);
            const what = `preview of ${count.toLocaleString("en")} resources`;
            await approve(folder, (await execa("pulumi", ["preview", "--json", "--show-sames", "--non-interactive"], options)).stdout);
            bare.push(await measure(`${what} without the policy pack`, rounds, () => preview()));
            judged.push(await measure(`${what} with it`, rounds, () => preview("--policy-pack", path.join(folder, PACK))));
        }
        return [bare, judged];
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
