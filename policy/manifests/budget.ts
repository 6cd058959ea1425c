import { inMebibytes, inWords, LIMITS } from "./limits";
import { Unreadable, type Where } from "./unreadable";

const ADVICE = "check the files in several runs";

/** What is left of the bounds that hold for all input together. */
export class Budget {
    #bytes: number = LIMITS.totalBytes;
    #values: number = LIMITS.values;
    #objects: number = LIMITS.objects;

    /** @throws Unreadable where there are more than all input may have; so do the others */
    takeBytes(count: number, place: Where): void {
        this.#bytes -= count;
        if (this.#bytes < 0) {
            throw new Unreadable(place, `all input together is larger than ${inMebibytes(LIMITS.totalBytes)}; ${ADVICE}`);
        }
    }

    /** Counted before anything is made of the text: an array of events takes as much memory as the values. */
    takeValues(text: string, place: Where): void {
        this.#values -= startsOfValues(text);
        if (this.#values < 0) {
            throw new Unreadable(place, `all input together has more than ${inWords(LIMITS.values)} lines, items and brackets; ${ADVICE}`);
        }
    }

    takeObjects(count: number, place: Where): void {
        this.#objects -= count;
        if (this.#objects < 0) {
            throw new Unreadable(place, `all input together has more than ${inWords(LIMITS.objects)} objects; ${ADVICE}`);
        }
    }

    get isSpent(): boolean {
        return Math.min(this.#bytes, this.#values, this.#objects) < 0;
    }
}

/** No fewer than half the values in the text: each begins at one of these signs, or is a key's whose sign this is. */
function startsOfValues(text: string): number {
    let count = 1;
    for (let at = 0; at < text.length; at += 1) {
        const code = text.charCodeAt(at);
        // \n , [ { and - ? with a blank behind them.
        if (code === 0x0a || code === 0x2c || code === 0x5b || code === 0x7b || ((code === 0x2d || code === 0x3f) && isBlank(text.charCodeAt(at + 1)))) {
            count += 1;
        }
    }
    return count;
}

function isBlank(code: number): boolean {
    return code === 0x20 || code === 0x09;
}
