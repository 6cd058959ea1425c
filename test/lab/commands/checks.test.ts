import assert from "node:assert/strict";
import { test } from "../../../lab/commands/checks";
import { isProblem } from "../support";

describe("npm test", () => {
    for (const suite of ["unti", "constructor", ""]) {
        it(`runs nothing where a suite is "${suite}", and says which there are`, async () => {
            await assert.rejects(test(["policy", suite]), isProblem(new RegExp(`^There is no suite "${suite}"; there are unit \\(.*\\), policy \\(.*\\), lab \\(.*\\), cluster \\(.*\\)\\.$`)));
        });
    }
});
