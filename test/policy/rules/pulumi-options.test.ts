import assert from "node:assert/strict";
import { KNOWN_KINDS } from "../../../policy/model/kinds";
import { pulumiOptions } from "../../../policy/rules/pulumi-options";
import { clusterService, evaluator, loader, namespace, posture, resource } from "../fixtures";
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

    const denyAll = { podSelector: {}, policyTypes: ["Ingress", "Egress"] };
    const MEASURES = [
        namespace,
        loader,
        ...["core/v1:ResourceQuota", "core/v1:LimitRange", "scheduling.k8s.io/v1:PriorityClass", ...["", "Binding"].map((part) => `admissionregistration.k8s.io/v1:ValidatingAdmissionPolicy${part}`)].map((type) => resource(`kubernetes:${type}`, "sandbox", {})),
        resource("kubernetes:networking.k8s.io/v1:NetworkPolicy", "default-deny", { spec: denyAll }),
    ];
    for (const measure of MEASURES) {
        it(`demands protect on ${measure.type} ${measure.name}, where the posture does`, () => {
            const judged = (protect: boolean, demanded: boolean) => pulumiOptions.check({ ...measure, options: { ...NONE, protect } }, { ...posture, protect: demanded }).map(({ path }) => path);
            assert.deepEqual(judged(false, true), ["the option protect"]);
            assert.deepEqual([judged(true, true), judged(false, false), judged(true, false)], [[], [], []]);
        });
    }

    for (const other of [evaluator, clusterService, resource("kubernetes:core/v1:ConfigMap", "apparmor-profiles", { spec: denyAll }), resource("kubernetes:networking.k8s.io/v1:NetworkPolicy", "edge", { spec: { ...denyAll, egress: [{}] } })]) {
        it(`demands no protect on ${other.type} ${other.name}, which comes and goes`, () => {
            assert.deepEqual(pulumiOptions.check(other, { ...posture, protect: true }), []);
        });
    }

    for (const type of KNOWN_KINDS.keys()) {
        const isGuard = !SERVING.some((kind) => type.endsWith(`:${kind}`));
        it(`${isGuard ? "refuses" : "accepts"} deleteBeforeReplace on ${type}`, () => {
            const violations = pulumiOptions.check(resource(type, "x", {}, { options: { ...NONE, deleteBeforeReplace: true } }), posture);
            assert.deepEqual(violations.map(({ path }) => path), isGuard ? ["the option deleteBeforeReplace"] : []);
        });
    }
});
