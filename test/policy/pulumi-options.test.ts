import assert from "node:assert/strict";
import { KNOWN_KINDS } from "../../policy/model/kinds";
import { pulumiOptions } from "../../policy/rules/pulumi-options";
import { evaluator, posture, resource } from "./fixtures";
import { judge } from "./harness";

const NONE = { protect: false, ignoreChanges: [], deleteBeforeReplace: false };

/** What serves and guards nobody: while it is away, the service is, and nothing is open. */
const SERVING = ["Deployment", "Service", "ServiceAccount", "PodDisruptionBudget"];

judge(pulumiOptions, { good: evaluator, blocks: {} });

describe("policy: pulumi-options, by option", () => {
    it("refuses ignoreChanges on anything", () => {
        const [violation] = pulumiOptions.check({ ...evaluator, options: { ...NONE, ignoreChanges: ["spec"] } }, posture);
        assert.equal(violation?.path, "the option ignoreChanges");
    });

    for (const type of KNOWN_KINDS.keys()) {
        const isGuard = !SERVING.some((kind) => type.endsWith(`:${kind}`));
        it(`${isGuard ? "refuses" : "accepts"} deleteBeforeReplace on ${type}`, () => {
            const violations = pulumiOptions.check(resource(type, "x", {}, { options: { ...NONE, deleteBeforeReplace: true } }), posture);
            assert.deepEqual(violations.map(({ path }) => path), isGuard ? ["the option deleteBeforeReplace"] : []);
        });
    }
});
