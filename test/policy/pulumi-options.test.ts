import assert from "node:assert/strict";
import { pulumiOptions } from "../../policy/rules/pulumi-options";
import { evaluator, namespace, posture } from "./fixtures";
import { judge } from "./harness";

const NONE = { protect: false, ignoreChanges: [], deleteBeforeReplace: false };

judge(pulumiOptions, { good: evaluator, blocks: {} });

describe("policy: pulumi-options, by option", () => {
    it("refuses ignoreChanges on anything", () => {
        const [violation] = pulumiOptions.check({ ...evaluator, options: { ...NONE, ignoreChanges: ["spec"] } }, posture);
        assert.equal(violation?.path, "the option ignoreChanges");
    });

    it("refuses deleteBeforeReplace on what guards others", () => {
        const [violation] = pulumiOptions.check({ ...namespace, options: { ...NONE, deleteBeforeReplace: true } }, posture);
        assert.equal(violation?.path, "the option deleteBeforeReplace");
    });

    it("accepts deleteBeforeReplace on a workload, which is then merely away", () => {
        assert.deepEqual(pulumiOptions.check({ ...evaluator, options: { ...NONE, deleteBeforeReplace: true } }, posture), []);
    });
});
