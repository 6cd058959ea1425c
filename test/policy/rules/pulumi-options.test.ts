import assert from "node:assert/strict";
import { KNOWN_KINDS } from "../../../policy/model/kinds";
import { pulumiOptions } from "../../../policy/rules/pulumi-options";
import { evaluator, namespace, posture, resource } from "../fixtures";
import { judge } from "../harness";

const NONE = { protect: false, ignoreChanges: [], deleteBeforeReplace: false };

/** What serves and guards nobody: while it is away, the service is, and nothing is open. */
const SERVING = ["Deployment", "Service", "ServiceAccount", "PodDisruptionBudget"];

judge(pulumiOptions, { good: evaluator, blocks: {} });

describe("policy: pulumi-options, by option", () => {
    it("refuses ignoreChanges on anything", () => {
        const [violation] = pulumiOptions.check({ ...evaluator, options: { ...NONE, ignoreChanges: ["spec"] } }, posture);
        assert.equal(violation?.path, "the option ignoreChanges");
    });

    it("refuses retainOnDelete on anything, where a preview tells", () => {
        const [violation] = pulumiOptions.check({ ...evaluator, options: { ...NONE, retainOnDelete: true } }, posture);
        assert.equal(violation?.path, "the option retainOnDelete");
        assert.deepEqual(pulumiOptions.check({ ...evaluator, options: { ...NONE, retainOnDelete: false } }, posture), []);
    });

    const FORBIDDEN: Readonly<Record<string, string | readonly string[]>> = {
        deletedWith: namespace.urn, replaceOnChanges: ["*"],
    };
    for (const [option, value] of Object.entries(FORBIDDEN)) {
        it(`refuses ${option} on anything`, () => {
            const judged = (to: string | readonly string[]) => pulumiOptions.check({ ...evaluator, options: { ...NONE, [option]: to } }, posture).map(({ path }) => path);
            assert.deepEqual([judged(value), judged(value.slice(0, 0))], [[`the option ${option}`], []]);
        });
    }

    it("refuses whatever option it doesn't know, by its name", () => {
        const judged = (others: readonly string[]) => pulumiOptions.check({ ...evaluator, options: { ...NONE, others } }, posture).map(({ path }) => path);
        assert.deepEqual([judged(["pluginDownloadURL", "hideDiff"]), judged([])], [["the option pluginDownloadURL", "the option hideDiff"], []]);
    });

    for (const type of KNOWN_KINDS.keys()) {
        const isGuard = !SERVING.some((kind) => type.endsWith(`:${kind}`));
        it(`${isGuard ? "refuses" : "accepts"} deleteBeforeReplace on ${type}`, () => {
            const violations = pulumiOptions.check(resource(type, "x", {}, { options: { ...NONE, deleteBeforeReplace: true } }), posture);
            assert.deepEqual(violations.map(({ path }) => path), isGuard ? ["the option deleteBeforeReplace"] : []);
        });
    }
});
