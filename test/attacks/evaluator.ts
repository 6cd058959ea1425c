import type { Answer } from "./outcome";
import type { NodeSetting } from "../node/setting";

/** Milliseconds; the evaluator's own limit is below it, but it may have others to run first. */
const PATIENCE = 90_000;
const ATTEMPTS = 90;
const PORT = 6927;

interface Pod {
    readonly status: {
        readonly podIP: string;
        readonly podIPs: readonly { readonly ip: string }[];
        readonly containerStatuses?: readonly { readonly ready: boolean; readonly restartCount: number; readonly lastState: { readonly terminated?: { readonly reason: string } } }[];
    };
}

/** A pod that runs code, reached through its own port. */
export class Evaluator {
    constructor(private readonly setting: NodeSetting, readonly namespace: string, readonly pod: string) {}

    async status(): Promise<Pod["status"]> {
        return (JSON.parse(await this.setting.kubectl("--namespace", this.namespace, "get", "pod", this.pod, "--output", "json")) as Pod).status;
    }

    /** @returns the answer, or why the container ended, once it is up again */
    async evaluate(request: unknown): Promise<{ readonly answer: Answer } | { readonly ended: string }> {
        const { podIP, containerStatuses } = await this.status();
        try {
            return { answer: await this.setting.observer.post(podIP, PORT, "/1/v1/evaluate", request, PATIENCE) as Answer };
        } catch (error) {
            return { ended: await this.whyEnded(containerStatuses?.[0]?.restartCount ?? 0) ?? String(error) };
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
}
