import type { Answer } from "./outcome";
import type { Place } from "./places";
import type { NodeSetting } from "../node/setting";

/** Milliseconds; the evaluator's own limit is below it, but it may have others to run first. */
const PATIENCE = 90_000;
const ATTEMPTS = 90;

interface Container {
    readonly name: string;
    readonly ready: boolean;
    readonly restartCount: number;
    readonly lastState: { readonly terminated?: { readonly reason: string } };
}

interface Pod {
    readonly status: { readonly podIP: string; readonly containerStatuses?: readonly Container[] };
}

/** What runs code, reached through its own port. */
export class Evaluator {
    constructor(private readonly setting: NodeSetting, readonly place: Place) {}

    private async status(): Promise<{ readonly podIP: string; readonly container?: Container | undefined }> {
        const { namespace, pod, container } = this.place;
        const { status: { podIP, containerStatuses } } = JSON.parse(await this.setting.kubectl("--namespace", namespace, "get", "pod", pod, "--output", "json")) as Pod;
        return { podIP, container: containerStatuses?.find(({ name }) => name === container) };
    }

    /** @returns the answer, or why the container ended, once it is up again */
    async evaluate(request: unknown): Promise<{ readonly answer: Answer } | { readonly ended: string }> {
        const { podIP, container } = await this.status();
        try {
            return { answer: await this.setting.observer.post(podIP, this.place.port, "/1/v1/evaluate", request, PATIENCE) as Answer };
        } catch (error) {
            return { ended: await this.whyEnded(container?.restartCount ?? 0) ?? String(error) };
        }
    }

    /** Waits for the container to be up again, if it went down. */
    private async whyEnded(before: number): Promise<string | undefined> {
        for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
            const { container } = await this.status();
            if (container?.ready === true && container.restartCount > before) {
                return container.lastState.terminated?.reason ?? "unknown";
            }
            await new Promise((resolve) => { setTimeout(resolve, 1000); });
        }
        return undefined;
    }
}
