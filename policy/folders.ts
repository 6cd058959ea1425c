import { join } from "node:path";

/** Where the data stands that the pack reads: here, and not beside the code that reads it, as main.cjs makes one file of all code. */
export const FOLDERS = { posture: join(__dirname, "postures"), approved: join(__dirname, "approved") } as const;
