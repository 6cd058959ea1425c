import { setTimeout as delay } from "node:timers/promises";
import type { Answer } from "./outcome";
import type { Place } from "./places";
import type { NodeSetting } from "../node/setting";

/** Milliseconds; the evaluator's own limit is below it, but it may have others to run first. */
const PATIENCE = 90_000;
/** Milliseconds until the node knows why a request has failed. */
const GRACE = 30_000;
/** Milliseconds between two looks at a container: while it is waited for, and while an answer may come any moment. */
const [SOON, NOW_AND_THEN] = [1000, 5000];

interface Terminated {
    readonly containerID: string;
    readonly reason: string;
}

interface Container {
    readonly name: string;
    readonly containerID: string;
    readonly ready: boolean;
    readonly state: { readonly terminated?: Terminated };
    readonly lastState: { readonly terminated?: Terminated };
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

    /** @returns the answer, or why the container ended */
    async evaluate(request: unknown): Promise<{ readonly answer: Answer } | { readonly ended: string }> {
        const { podIP, id } = await this.untilReady();
        const over = new AbortController();
        const post = this.setting.observer.post(podIP, this.place.port, "/1/v1/evaluate", request, PATIENCE, over.signal);
        try {
            // One that takes its network with it leaves the request without a word.
            return await Promise.race([post.then((answer) => ({ answer: answer as Answer })), this.end(id, NOW_AND_THEN, over.signal)]);
        } catch (error) {
            return await Promise.race([this.end(id, SOON, over.signal), delay(GRACE, { ended: String(error) }, { signal: over.signal })]);
        } finally {
            over.abort();
        }
    }

    /** Waits for the container to be up, as an attack before may have ended it. */
    private async untilReady(): Promise<{ readonly podIP: string; readonly id: string }> {
        for (const end = Date.now() + PATIENCE; ; await delay(SOON)) {
            const { podIP, container } = await this.status();
            if (container?.ready === true) {
                return { podIP, id: container.containerID };
            }
            if (Date.now() > end) {
                throw new Error(`the container ${Object.values(this.place).join("/")} is not ready after ${String(PATIENCE / 1000)} s`);
            }
        }
    }

    /** Waits for a container to end, or until nobody asks any more. @returns why */
    private async end(id: string, every: number, signal: AbortSignal): Promise<{ readonly ended: string }> {
        for (;;) {
            await delay(every, undefined, { signal });
            const { container } = await this.status();
            const found = [container?.state.terminated, container?.lastState.terminated].find((terminated) => terminated?.containerID === id);
            if (found !== undefined) {
                return { ended: found.reason };
            }
        }
    }
}
