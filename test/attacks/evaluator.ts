import { once } from "node:events";
import execa from "execa";
import type { Answer } from "./outcome";
import type { Setting } from "./setting";

/** Milliseconds; the evaluator's own limit is below it, but it may have others to run first. */
const PATIENCE = 90_000;
const ATTEMPTS = 90;

interface Pod {
    readonly status: {
        readonly podIP: string;
        readonly podIPs: readonly { readonly ip: string }[];
        readonly containerStatuses?: readonly { readonly ready: boolean; readonly restartCount: number; readonly lastState: { readonly terminated?: { readonly reason: string } } }[];
    };
}

/** A pod that runs code, reached through the API server. */
export class Evaluator {
    private forward: { readonly process: execa.ExecaChildProcess; readonly url: string } | undefined;

    constructor(private readonly setting: Setting, readonly namespace: string, readonly pod: string) {}

    async status(): Promise<Pod["status"]> {
        return (JSON.parse(await this.setting.kubectl("--namespace", this.namespace, "get", "pod", this.pod, "--output", "json")) as Pod).status;
    }

    async restarts(): Promise<number> {
        return (await this.status()).containerStatuses?.[0]?.restartCount ?? 0;
    }

    /** @returns the answer, or why the container ended, once it is up again */
    async evaluate(request: unknown): Promise<{ readonly answer: Answer } | { readonly ended: string }> {
        const before = await this.restarts();
        try {
            const response = await fetch(await this.address(), { method: "POST", body: JSON.stringify(request), signal: AbortSignal.timeout(PATIENCE) });
            return { answer: await response.json() as Answer };
        } catch (error) {
            this.close();
            return { ended: await this.whyEnded(before) ?? String(error) };
        }
    }

    /** Waits for the container to be up again, if it went down. */
    private async whyEnded(before: number): Promise<string | undefined> {
        for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
            const container = (await this.status()).containerStatuses?.[0];
            if (container?.ready === true && container.restartCount > before) {
                return container.lastState.terminated?.reason ?? "unknown";
            }
            await new Promise((resolve) => { setTimeout(resolve, 1000); });
        }
        return undefined;
    }

    private async address(): Promise<string> {
        if (this.forward?.process.exitCode !== null) {
            const child = execa("kubectl", ["--namespace", this.namespace, "port-forward", `pod/${this.pod}`, ":6927"], { env: { KUBECONFIG: this.setting.kubeconfig }, reject: false });
            const [line] = await Promise.race([once(child.stdout as NodeJS.ReadableStream, "data"), child.then(({ stderr }) => { throw new Error(stderr); })]) as [Buffer];
            this.forward = { process: child, url: `http://${/127\.0\.0\.1:\d+/.exec(line.toString())?.[0] ?? ""}/1/v1/evaluate` };
        }
        return this.forward.url;
    }

    close(): void {
        this.forward?.process.kill();
        this.forward = undefined;
    }
}
