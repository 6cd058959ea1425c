import { styleText } from "node:util";

/** When the first line is written, and how often one follows, where the output is no terminal and can't be overwritten. Milliseconds. */
const QUIET_START = 2000;
const QUIET_INTERVAL = 15_000;
const TERMINAL_INTERVAL = 1000;

// Everything here goes to standard error: standard output belongs to the commands' results.
const terminal = process.stderr.isTTY;

function paint(format: "red" | "green" | "bold", text: string): string {
    return terminal && process.env["NO_COLOR"] === undefined ? styleText(format, text) : text;
}

export const red = (text: string): string => paint("red", text);
export const bold = (text: string): string => paint("bold", text);

export function say(text: string): void {
    process.stderr.write(`${text}\n`);
}

/** Writes a result to standard output while a step may be going on. */
export function print(text: string): void {
    if (terminal) {
        process.stderr.write("\r\u001b[K");
    }
    process.stdout.write(`${text}\n`);
}

/** How long it is since a moment, as the user is told: `12 s`. */
export function seconds(since: number): string {
    return `${Math.round((Date.now() - since) / 1000)} s`;
}

/**
 * Runs one step and shows that it goes on: on a terminal one line that counts, elsewhere a line now and then.
 * `detail` may add what is being done just now.
 */
export async function step<Result>(title: string, work: (detail: (text: string) => void) => Promise<Result>): Promise<Result> {
    const started = Date.now();
    let current = "";
    const show = (): void => {
        const line = `… ${title}, ${seconds(started)}${current === "" ? "" : ` (${current})`}`;
        process.stderr.write(terminal ? `\r\u001b[K${line}` : `${line}\n`);
    };
    const timers = terminal ? [setInterval(show, TERMINAL_INTERVAL)] : [setTimeout(show, QUIET_START), setInterval(show, QUIET_INTERVAL)];
    const clear = (): void => {
        timers.forEach(clearInterval);
        if (terminal) {
            process.stderr.write("\r\u001b[K");
        }
    };
    try {
        const result = await work((text) => { current = text; });
        clear();
        say(`${paint("green", "✔")} ${title} (${seconds(started)})`);
        return result;
    } catch (error) {
        clear();
        say(`${red("✘")} ${title} (${seconds(started)})`);
        throw error;
    }
}
