import assert from "node:assert/strict";
import { violations } from "../../../../commands/drift/violations";

const violation = (words: string) => ({ policyName: "each-resource", message: `What a resource by itself can tell.\n${words}\n` });
const [MEMORY, CPU] = [violation("memory-limits: one\ntwo"), violation("cpu-limits: three")];

describe("npm run drift: what the policy pack refuses", () => {
    it("is called after the rule", () => {
        assert.deepEqual(violations([MEMORY], []), [{ what: "violation", subject: "memory-limits", details: ["one", "two"] }]);
    });

    it("is told of the state only where it isn't the same in the program", () => {
        assert.deepEqual(violations([MEMORY], [MEMORY, CPU]).map(({ what, subject }) => [what, subject]), [["violation", "memory-limits"], ["state", "cpu-limits"]]);
        assert.deepEqual(violations([], [MEMORY]).map(({ what, subject }) => [what, subject]), [["state", "memory-limits"]]);
    });

    it("is called after the policy where its words have no rule", () => {
        assert.deepEqual(violations([{ policyName: "other", message: "Words.\n" }], []), [{ what: "violation", subject: "other", details: ["Words."] }]);
    });
});
