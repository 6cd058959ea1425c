import { existsSync } from "node:fs";
import path from "node:path";
import type { Context } from "mocha";
import { chromium, type Browser } from "playwright-core";
import { skip } from "../missing";

const NAMES = ["chromium", "chromium-browser", "google-chrome"];

/** A headless browser of the machine's own; skips where there is none. */
export async function browserFor(context: Context, what: string): Promise<Browser> {
    const program = (process.env["PATH"] ?? "").split(path.delimiter).flatMap((folder) => NAMES.map((name) => path.join(folder, name))).find((file) => existsSync(file));
    if (program === undefined) {
        return skip(context, what, NAMES.join(" or "), "apt-get install --no-install-recommends chromium");
    }
    // QUIC would be traffic of its own.
    return chromium.launch({ executablePath: program, args: ["--disable-quic"] });
}
