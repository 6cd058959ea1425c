import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import execa, { type Options } from "execa";
import { benchAdmission, inWords } from "./bench-admission";
import { labEnvironment } from "../environment";
import { listenForInterrupt, throwIfInterrupted } from "../interrupt";
import { REPOSITORY } from "../paths";
import { Problem } from "../problem";
import { say, step } from "../progress";
import { run } from "../run";
import { STACK } from "../stack";

interface Figure {
    readonly what: string;
    readonly seconds: readonly number[];
}

/** Runs a command that has to succeed. */
async function succeed(command: string, args: readonly string[], options: Options): Promise<void> {
    const result = await run(command, args, options);
    throwIfInterrupted();
    if (result.failed) {
        throw new Problem(`${result.command} failed:\n${result.all ?? ""}`);
    }
}

async function measure(what: string, rounds: number, work: () => Promise<unknown>): Promise<Figure> {
    const seconds: number[] = [];
    for (let round = 1; round <= rounds; round += 1) {
        await step(`${what}, ${round} of ${rounds}`, async () => {
            const started = performance.now();
            await work();
            seconds.push((performance.now() - started) / 1000);
        });
    }
    return { what, seconds: seconds.sort((one, other) => one - other) };
}

function asRow({ what, seconds }: Figure): string {
    const shown = [seconds[0], seconds[Math.floor(seconds.length / 2)], seconds.at(-1)].map((value = 0) => value.toFixed(1).padStart(9));
    return `${what.padEnd(38)}${shown.join("")}`;
}

/** A clone with nothing installed, built or cached, started as a newcomer would; removed again. */
async function coldStart(): Promise<void> {
    const folder = await mkdtemp(path.join(tmpdir(), "wikifunctions-cold-"));
    const clone = path.join(folder, "clone");
    const env = { GOCACHE: path.join(folder, "go-build"), GOMODCACHE: path.join(folder, "go-mod"), npm_config_cache: path.join(folder, "npm"), WIKIFUNCTIONS_LAB_DIR: ".lab", WIKIFUNCTIONS_LAB_CACHE: ".lab/cache" };
    try {
        await succeed("git", ["clone", "--quiet", REPOSITORY, clone], {});
        await succeed("npm", ["start"], { cwd: clone, env, stderr: "inherit" });
    } finally {
        await execa("npm", ["stop"], { cwd: clone, reject: false, env });
        // Go makes its module cache read-only.
        await execa("go", ["clean", "-modcache"], { reject: false, env });
        await rm(folder, { recursive: true, force: true });
    }
}

const MANIFEST = `apiVersion: apps/v1
kind: Deployment
metadata: { name: NAME, namespace: bench }
spec:
  replicas: 2
  selector:
    matchLabels: { app: NAME }
  template:
    metadata:
      labels: { app: NAME }
    spec:
      serviceAccountName: NAME
      automountServiceAccountToken: false
      securityContext:
        runAsNonRoot: true
        runAsUser: 1000
        runAsGroup: 1000
        seccompProfile: { type: RuntimeDefault }
      containers:
        - name: main
          image: registry.example.org/bench:1
          ports:
            - containerPort: 8080
          env:
            - name: LOG_LEVEL
              value: info
          resources:
            requests: { cpu: 100m, memory: 64Mi }
            limits: { cpu: "1", memory: 128Mi }
          securityContext:
            allowPrivilegeEscalation: false
            readOnlyRootFilesystem: true
            capabilities: { drop: [ALL] }
`;

/** How long `npm run check` takes for so many Deployments in one file, each with violations; 1 is its exit code for those. */
async function checks(rounds: number): Promise<Figure[]> {
    const folder = await mkdtemp(path.join(tmpdir(), "wikifunctions-check-"));
    try {
        const figures: Figure[] = [];
        for (const count of [1000, 10_000]) {
            const file = path.join(folder, `${String(count)}.yaml`);
            await writeFile(file, Array.from({ length: count }, (_, index) => MANIFEST.replaceAll("NAME", `bench-${String(index)}`)).join("---\n"));
            figures.push(await measure(`check, ${count.toLocaleString("en")} manifests`, rounds, async () => {
                const { exitCode, stderr } = await run("npm", ["run", "--silent", "check", "--", file], { cwd: REPOSITORY, stdout: "ignore" });
                throwIfInterrupted();
                if (exitCode !== 1) {
                    throw new Problem(`npm run check ended with exit code ${String(exitCode)} instead of 1:\n${stderr}`);
                }
            }));
        }
        return figures;
    } finally {
        await rm(folder, { recursive: true, force: true });
    }
}

const npmStart = (): Promise<void> => succeed("npm", ["start"], { cwd: REPOSITORY });

/** Prints minimum, median and maximum of each figure, in seconds. */
export async function bench({ rounds, cold }: { readonly rounds: number; readonly cold: boolean }): Promise<void> {
    listenForInterrupt();
    const figures: Figure[] = cold ? [await measure("cold npm start", 1, coldStart)] : [];
    figures.push(...await checks(rounds));
    await step("npm start, not measured", npmStart);
    figures.push(await measure("warm npm start", rounds, npmStart));
    const env = await labEnvironment();
    const preview = (...options: string[]): Promise<void> => succeed("pulumi", ["preview", "--stack", STACK, "--non-interactive", ...options], { cwd: REPOSITORY, env });
    figures.push(await measure("warm preview with the policy pack", rounds, () => preview("--policy-pack", "policy")));
    figures.push(await measure("warm preview without it", rounds, () => preview()));
    const admission = await benchAdmission(env["KUBECONFIG"] ?? "");
    say("");
    process.stdout.write([`${"seconds".padEnd(38)}${["min", "median", "max"].map((head) => head.padStart(9)).join("")}`, ...figures.map(asRow), "", inWords(admission)].join("\n"));
}
