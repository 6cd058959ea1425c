import type { Value } from "../model/resource";
import { inWords, LIMITS } from "./limits";
import { Refusal } from "./refusal";

/** A value, where it begins, and how many values it is made of once its aliases are followed. */
export interface Node {
    readonly value: Value;
    readonly offset: number;
    readonly size: number;
}

/** What the aliases of one document stand for. They share one value, and how much they stand for is counted before anybody walks it. */
export class Anchors {
    readonly #nodes = new Map<string, Node | "open">();
    #aliased = 0;

    /** Reads a node under its anchor, of which an alias within it would be a cycle. */
    set(anchor: string, read: () => Node): Node {
        this.#nodes.set(anchor, "open");
        const node = read();
        this.#nodes.set(anchor, node);
        return node;
    }

    /** @throws Refusal for an unknown anchor, a cycle, or aliases that stand for too much */
    resolve(anchor: string, offset: number): Node {
        const known = this.#nodes.get(anchor);
        if (known === undefined) {
            throw new Refusal(offset, "an alias of an anchor that isn't set before it");
        }
        if (known === "open") {
            throw new Refusal(offset, "a cyclic alias: it is part of what it stands for");
        }
        this.#aliased += known.size;
        if (this.#aliased > LIMITS.aliasedValues) {
            throw new Refusal(offset, `aliases that unfold to more than ${inWords(LIMITS.aliasedValues)} values`);
        }
        return { ...known, offset };
    }
}
