import assert from "node:assert/strict";
import { together } from "../../../cli/together";

describe("work on several things together", () => {
    it("are never more than so many, and all have their turn", async () => {
        let [now, most] = [0, 0];
        const done: number[] = [];
        await together(2, [1, 2, 3, 4, 5], async (item) => {
            now += 1;
            most = Math.max(most, now);
            await new Promise((resolve) => { setTimeout(resolve, 1); });
            done.push(item);
            now -= 1;
        });
        assert.equal(most, 2);
        assert.deepEqual(done.sort(), [1, 2, 3, 4, 5]);
    });

    it("fail with the first that fails", async () => {
        await assert.rejects(together(2, [1, 2, 3], (item) => item === 2 ? Promise.reject(new Error("two")) : Promise.resolve()), /two/);
    });
});
