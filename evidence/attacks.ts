import { readFileSync } from "node:fs";
import path from "node:path";

/** Written by `npm run test:node` with WRITE_ATTACKS=1, whose runs keep it true. */
export const SEEN = path.join(__dirname, "attacks.json");

type End = "reached" | "stopped" | "broken" | "not run";

/** How one attack of test/attacks ended, without what differs from run to run or stands in its data. */
export interface Seen {
    readonly id: string;
    readonly measure: string;
    /** In the sandboxed pod: the kernel's error or the name of the limit; empty where nothing stopped it. */
    readonly stopped: string;
    /** Measures each of which stopped it alone. */
    readonly alone: readonly string[];
    /** In the unconfined pod. */
    readonly control: End;
    /** In the sandboxed pod on gVisor. */
    readonly gvisor: End;
}

/** What was seen. */
export const attacksNow = (): Seen[] => JSON.parse(readFileSync(SEEN, "utf8")) as Seen[];
