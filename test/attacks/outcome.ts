import type { Attack } from "./attack";

/** What an evaluator answers; see lab/images. */
export interface Answer {
    readonly stdout: string;
    readonly stderr: string;
    readonly exit: number | null;
    readonly signal: string | null;
    readonly timedOut: boolean;
}

export const TIME_LIMIT = "time limit";
/** Of an attack that its pod was not reached with. */
export const NOT_TRIED: Outcome = { end: "broken", how: "not run" };

/** How an attack ended. `how` is the kernel's error, the time limit, or why the container ended. */
export interface Outcome {
    readonly end: "reached" | "stopped" | "broken";
    readonly how: string;
}

/** @param ended why the container ended, where it took the evaluator with it */
export function outcomeOf({ id, stoppedBy }: Attack, answer: Answer | undefined, ended?: string): Outcome {
    if (answer === undefined) {
        return { end: stoppedBy.includes("memory") && ended === "OOMKilled" ? "stopped" : "broken", how: ended ?? "no answer" };
    }
    const { stdout, stderr, signal, timedOut } = answer;
    const said = stdout.split("\n").filter((line) => line.startsWith(`${id} `)).map((line) => line.slice(id.length + 1));
    if (said.includes("REACHED")) {
        return { end: "reached", how: "" };
    }
    const stopped = said.find((line) => line.startsWith("STOPPED "));
    if (stopped !== undefined) {
        return { end: "stopped", how: stopped.slice("STOPPED ".length).trim() };
    }
    // On a node that is too slow every attack would run into the time limit: it counts only where that is what is tried.
    if (timedOut) {
        return { end: stoppedBy.includes("time-limit") && said.includes("TRYING") ? "stopped" : "broken", how: TIME_LIMIT };
    }
    const killed = stoppedBy.includes("memory") && said.includes("TRYING") && said.length === 1 && stderr === "";
    return killed ? { end: "stopped", how: "SIGKILL" } : { end: "broken", how: `${said.join(" ")} ${stderr} ${signal ?? ""}`.trim().slice(-1000) };
}
