import assert from "node:assert/strict";
import { nodeWhere } from "../../../lab/commands/start";
import { Problem } from "../../../cli/problem";
import { isProblem } from "../support";

const NODE = { directory: "/node" };
const MISSING = (): Promise<never> => Promise.reject(new Problem("There can be no node: a node needs qemu."));

describe("the node of npm start", () => {
    it("is there where it can be had, whether it was asked for or not", async () => {
        for (const wanted of [undefined, true]) {
            assert.equal(await nodeWhere(wanted, () => Promise.resolve(NODE)), NODE);
        }
    });

    it("is left out with --no-node, without a look at what there is", async () => {
        assert.equal(await nodeWhere(false, () => { throw new Error("looked"); }), undefined);
    });

    it("is left out where it can't be had, unless it was asked for", async () => {
        assert.equal(await nodeWhere(undefined, MISSING), undefined);
        await assert.rejects(nodeWhere(true, MISSING), isProblem(/no node/));
    });

    it("is not left out for a fault of the program", async () => {
        await assert.rejects(nodeWhere(undefined, () => Promise.reject(new TypeError("a fault"))), TypeError);
    });
});
