import path from "node:path";

/** The checkout that this file belongs to. */
export const REPOSITORY = path.join(__dirname, "..");
