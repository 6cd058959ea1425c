import assert from "node:assert/strict";
import { growth, table } from "../../../../lab/commands/bench/figure";

const small = { what: "a small one", seconds: [1, 2, 4] };
const large = { what: "a large one", seconds: [9, 15, 40] };

describe("npm run bench: figures", () => {
    it("are shown as minimum, median and maximum, in seconds", () => {
        assert.deepEqual(table([small, large]).map((line) => line.trim().split(/ {2,}/)), [["seconds", "min", "median", "max"], ["a small one", "1.0", "2.0", "4.0"], ["a large one", "9.0", "15.0", "40.0"]]);
    });

    it("tell how the time grows with the size", () => {
        assert.equal(growth([100, 1000], [small, large]), "a large one: 10 × the size takes 7.5 × the time");
    });
});
