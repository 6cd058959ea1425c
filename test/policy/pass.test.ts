import assert from "node:assert/strict";
import { oncePerPass } from "../../policy/model/pass";

interface Args {
    readonly urn: string;
    readonly value: number;
}

/** The turn of the last rule. */
const LAST = 5;

function counted() {
    const built: Args[] = [];
    const model = oncePerPass(({ urn }: Args) => urn, (args) => {
        built.push(args);
        return args.value;
    }, LAST);
    return { built, model };
}

describe("policy: one model a pass", () => {
    it("is built once for all rules of a pass", () => {
        const { built, model } = counted();
        assert.deepEqual([0, 1, 5].map((turn) => model({ urn: "a", value: 1 }, turn)), [1, 1, 1]);
        assert.equal(built.length, 1);
    });

    it("is built again for the next pass, even when rules are switched off", () => {
        const { model } = counted();
        [1, 3].forEach((turn) => model({ urn: "a", value: 1 }, turn));
        assert.deepEqual([1, 3].map((turn) => model({ urn: "a", value: 2 }, turn)), [2, 2]);
    });

    it("is built again for the next pass, even when its first rule is switched on late", () => {
        const { model } = counted();
        [0, LAST].forEach((turn) => model({ urn: "a", value: 1 }, turn));
        assert.equal(model({ urn: "a", value: 2 }, LAST), 2);
    });

    it("is built again when there is one rule only", () => {
        const { model } = counted();
        assert.deepEqual([1, 2].map((value) => model({ urn: "a", value }, 0)), [1, 2]);
    });

    it("is kept apart for resources whose passes interleave", () => {
        const { built, model } = counted();
        const turns: [string, number][] = [["a", 0], ["b", 0], ["a", 1], ["b", 1]];
        assert.deepEqual(turns.map(([urn, turn]) => model({ urn, value: urn === "a" ? 1 : 2 }, turn)), [1, 2, 1, 2]);
        assert.equal(built.length, 2);
    });
});
