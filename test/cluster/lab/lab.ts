import { mkdir, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import execa, { type ExecaChildProcess, type Options } from "execa";
import { adminToken } from "../../../lab/cluster/identity";
import { readState, type ClusterState } from "../../../lab/cluster/state";
import { folders } from "../../../lab/environment";
import { REPOSITORY } from "../../../cli/repository";
import { cacheDirectory } from "../../../lab/paths";

const RUN_FOLDER = /^wikifunctions-lab-/;

/** A lab of its own, in folders of its own, with the built tools of this checkout; used as its user would. */
export class Lab {
    private constructor(readonly directory: string, readonly temporary: string, private readonly parent?: string) {}

    /** Its folder has what paths may have in them on a user's machine. */
    static async create(): Promise<Lab> {
        const parent = await mkdtemp(path.join(tmpdir(), "lab-"));
        const lab = new Lab(path.join(parent, "it's a lab"), path.join(parent, "tmp"), parent);
        await mkdir(lab.temporary);
        return lab;
    }

    /** One that is there already, and stays. */
    static at(directory: string): Lab {
        return new Lab(directory, tmpdir());
    }

    get cluster(): string {
        return folders(this.directory).cluster;
    }

    get env(): Record<string, string> {
        return { WIKIFUNCTIONS_LAB_DIR: this.directory, WIKIFUNCTIONS_LAB_CACHE: cacheDirectory(), TMPDIR: this.temporary };
    }

    command(command: string, args: readonly string[], options: Options = {}): ExecaChildProcess {
        return execa(command, args, { cwd: REPOSITORY, env: this.env, all: true, reject: false, stdin: "ignore", ...options });
    }

    /** Without a node, which test/node has tests of. */
    start(options: Options = {}): ExecaChildProcess {
        return this.command("npm", ["start", "--", "--no-node"], options);
    }

    stop(): ExecaChildProcess {
        return this.command("npm", ["stop"]);
    }

    kubectl(...args: readonly string[]): ExecaChildProcess {
        return this.command("npm", ["run", "--silent", "kubectl", "--", ...args]);
    }

    /** What is written down about its cluster. */
    async state(): Promise<ClusterState> {
        const state = await readState(this.cluster);
        if (state === undefined) {
            throw new Error(`there is no cluster in ${this.cluster}`);
        }
        return state;
    }

    token(): Promise<string> {
        return adminToken(this.cluster);
    }

    /** Everything that it has left: processes started with its variables, files, sockets. */
    async leftovers(): Promise<string[]> {
        const files = (await readdir(this.directory).catch(() => [])).map((name) => `file ${name}`);
        const sockets = (await readdir(this.temporary)).filter((name) => RUN_FOLDER.test(name)).map((name) => `sockets ${name}`);
        return [...files, ...sockets, ...await this.processes()];
    }

    /** Its processes by their command lines; none where the system doesn't tell. */
    private async processes(): Promise<string[]> {
        const read = (file: string): Promise<string> => readFile(file, "utf8").catch(() => "");
        const found = await Promise.all((await readdir("/proc").catch(() => [])).filter((name) => /^\d+$/.test(name)).map(async (pid) => {
            const ours = (await read(`/proc/${pid}/environ`)).split("\0").includes(`WIKIFUNCTIONS_LAB_DIR=${this.directory}`);
            return ours ? [`process ${pid}: ${(await read(`/proc/${pid}/cmdline`)).replaceAll("\0", " ")}`] : [];
        }));
        return found.flat();
    }

    /** Stops it and takes away what was made for it. */
    async remove(): Promise<void> {
        if (this.parent === undefined) {
            return;
        }
        await this.stop();
        await rm(this.parent, { recursive: true, force: true });
    }
}
