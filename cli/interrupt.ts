import { Problem } from "./problem";

const controller = new AbortController();

/** Aborted once the user presses Ctrl-C or somebody ends this process: long work stops, and whoever started something takes it down. */
export const interrupted: AbortSignal = controller.signal;

/** From here on the first signal only aborts {@link interrupted}, so that there is time to clean up. */
export function listenForInterrupt(): void {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
        process.on(signal, () => { controller.abort(); });
    }
}

/** @throws Problem once the user wants this to end */
export function throwIfInterrupted(): void {
    if (interrupted.aborted) {
        throw new Problem("Interrupted.");
    }
}
