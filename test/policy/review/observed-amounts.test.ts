import assert from "node:assert/strict";
import { UNKNOWN, type Value } from "../../../policy/model/resource";
import { amountsOf, countIn, largest } from "../../../policy/review/observed-amounts";

describe("policy: amounts in a stack", () => {
    it("are the largest of several, as they are written", () => {
        assert.equal(largest(["512Mi", "1Gi", "1000M"]), "1Gi");
        assert.equal(largest([1, "900m"]), "1");
    });

    it("are unlimited once one of several is missing or can't be read, wherever it stands", () => {
        for (const bad of [undefined, null, UNKNOWN, "much", {}]) {
            assert.deepEqual([[bad], ["1", bad], [bad, "1"], ["1", bad, "2"]].map((bounds) => largest(bounds)), ["unlimited", "unlimited", "unlimited", "unlimited"]);
        }
        assert.equal(largest([]), "unlimited");
    });

    it("are read under a prefix where there is one", () => {
        const hard = { path: "", value: { "limits.cpu": "1", "limits.memory": "1Gi", "limits.ephemeral-storage": "2Gi" } };
        assert.deepEqual(amountsOf([hard], "limits."), { cpu: "1", memory: "1Gi", ephemeralStorage: "2Gi" });
    });

    it("count in whole numbers, as text or not", () => {
        assert.deepEqual([5, "5", 0].map(countIn), [5, 5, 0]);
        const wrong: Value[] = ["5.5", -1, 1.5, "", undefined, UNKNOWN, [5, 6]];
        assert.deepEqual(wrong.map(countIn), Array.from({ length: 7 }, () => Number.POSITIVE_INFINITY));
    });
});
