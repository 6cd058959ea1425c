import type { Attack } from "./attack";

/** What an evaluator answers; see lab/images. */
export interface Answer {
    readonly stdout: string;
    readonly stderr: string;
    readonly exit: number | null;
    readonly signal: string | null;
    readonly timedOut: boolean;
}

/** How an attack ended. `how` is the kernel's error, the time limit, or why the container ended. */
export interface Outcome {
    readonly end: "reached" | "stopped" | "broken";
    readonly how: string;
}

/** @param ended why the container ended, where it took the evaluator with it */
export function outcomeOf({ stoppedBy }: Attack, answer: Answer | undefined, ended?: string): Outcome {
    if (answer === undefined) {
        return { end: stoppedBy.includes("memory") && ended === "OOMKilled" ? "stopped" : "broken", how: ended ?? "no answer" };
    }
    const { stdout, stderr, signal, timedOut } = answer;
    if (/^REACHED/m.test(stdout)) {
        return { end: "reached", how: "" };
    }
    // On a node that is too slow every attack would run into the time limit: it counts only where that is what is tried.
    if (timedOut) {
        return { end: stoppedBy.includes("time-limit") && stdout.startsWith("TRYING") ? "stopped" : "broken", how: "time limit" };
    }
    const how = /^STOPPED\s+(.*)$/m.exec(stdout)?.[1];
    if (how !== undefined) {
        return { end: "stopped", how };
    }
    return signal === "SIGKILL" && stoppedBy.includes("memory") ? { end: "stopped", how: "SIGKILL" } : { end: "broken", how: `${stdout}${stderr}${signal ?? ""}`.trim().slice(-1000) };
}
