import assert from "node:assert/strict";
import { UNKNOWN, type Resource, type Value } from "../../../policy/model/resource";
import { approvedObjects } from "../../../policy/rules/approved-objects";
import { admissionBindings, admissionPolicies, loaderNamespace, namespace, resource } from "../fixtures";
import { defaultDeny, evaluator, goodPosture as posture, goodStack, limitRange, quota, wayOut } from "../good-stack";
import { change, CONTAINER } from "../harness";

const pathsOf = (made: Resource, held = posture): string[] => approvedObjects.check(made, held).map(({ path }) => path);

/** The object under another name, with these properties changed. */
function another(made: Resource, ...edits: readonly (readonly [path: string, to: Value])[]): Resource {
    const more = edits.reduce((edited, [path, to]) => change(edited, path, to), change(made, "metadata.name", "another"));
    return { ...more, urn: `${made.urn}-2`, name: "another" };
}

function object(type: string, props: { readonly [key: string]: Value }): Resource {
    return resource(`kubernetes:${type}`, "another", { metadata: { name: "another", namespace: "wikifunctions" }, ...props });
}

const [policy, binding] = [admissionPolicies[0], admissionBindings[0]] as [Resource, Resource];
const LOADER = ["metadata.namespace", "wikifunctions-apparmor"] as const;

describe("policy: approved-objects, of objects that nobody has approved", () => {
    const NARROWING: Readonly<Record<string, Resource>> = {
        "a quota": another(quota),
        "a quota of anything": another(quota, ["spec.hard", { configmaps: "1" }]),
        "a quota with words": another(quota, ['metadata.annotations["example.org/owner"]', "abstract"]),
        "a limit range": another(limitRange),
        "a policy that denies": another(defaultDeny),
        "a policy that denies in the loader's namespace": another(defaultDeny, LOADER),
        "a policy that denies for some pods": another(defaultDeny, ["spec.podSelector", { matchLabels: { a: "b" } }]),
        "a policy that opens what is approved": another(wayOut),
        "a limit range on claims": another(limitRange, ["spec.limits", [{ type: "PersistentVolumeClaim", max: { storage: "0" } }]]),
        "an admission policy without a binding": change(another(policy), "metadata.name", "wikifunctions-another"),
    };
    for (const [what, made] of Object.entries(NARROWING)) {
        it(`accepts ${what}`, () => {
            assert.deepEqual(pathsOf(made), []);
        });
    }

    const HELD: Readonly<Record<string, Partial<Resource["options"]>>> = {
        "another's name in Pulumi": { aliases: [defaultDeny.urn] },
        "a second to delete": { customTimeouts: { delete: 1 } },
        "hidden outputs": { additionalSecretOutputs: ["metadata"] },
    };
    for (const [what, options] of Object.entries(HELD)) {
        it(`refuses a quota with ${what}`, () => {
            assert.deepEqual(pathsOf({ ...another(quota), options: { ...quota.options, ...options } }), ["its identity"]);
        });
    }

    it("says whether nobody has approved an object, or nobody can tell which it is", () => {
        const told = (made: Resource): string[] => approvedObjects.check(made, posture).map(({ is }) => is);
        const unnamed = change(another(namespace), "metadata.name", UNKNOWN);
        assert.deepEqual([told(another(namespace)), told(unnamed)], [["that of a Namespace that nobody has approved"], ["that of a Namespace whose name or namespace can't be read"]]);
    });

    it("refuses an object in an approved one's place in Pulumi, which would then be deleted", () => {
        assert.deepEqual(pathsOf({ ...another(defaultDeny), urn: defaultDeny.urn }), ["its identity"]);
    });

    it("takes an object of the whole cluster for the approved one, whatever namespace it states", () => {
        const stated = change(change(policy, "metadata.namespace", "default"), "spec.validations", []);
        assert.ok(pathsOf(stated).includes("spec.validations"));
    });

    const RULE = "rbac.authorization.k8s.io/v1";
    const OTHERS: Readonly<Record<string, Resource>> = {
        "a quota that keeps the loader from new nodes": another(quota, LOADER),
        "a quota of some pods only": another(quota, ["spec.scopes", ["BestEffort"]]),
        "a quota in a namespace that isn't known": another(quota, ["metadata.namespace", UNKNOWN]),
        "a quota whose bounds aren't known": another(quota, ["spec", UNKNOWN]),
        "a quota with a label": another(quota, ["metadata.labels", { a: "b" }]),
        "a quota with a finalizer": another(quota, ["metadata.finalizers", ["example.org/never"]]),
        "a quota with another key": another(quota, ["status", {}]),
        "a patch of a quota": { ...another(quota), type: "kubernetes:core/v1:ResourceQuotaPatch" },
        "a quota whose name isn't known": change(another(quota), "metadata.name", UNKNOWN),
        "an admission policy whose name isn't known": change(another(policy), "metadata.name", UNKNOWN),
        "a patch of an admission policy": { ...policy, type: `${policy.type}Patch` },
        "a policy that denies in others' namespaces": another(defaultDeny, ["metadata.namespace", "kube-system"]),
        "an admission policy of somebody else's": another(policy),
        "a limit range of devices": another(limitRange, ["spec.limits", [{ type: "Container", max: { "nvidia.com/gpu": "1" } }]]),
        "a limit range of another type": another(limitRange, ["spec.limits", [{ type: "Image", max: { storage: "1" } }]]),
        "a limit range with requests by default": another(limitRange, ["spec.limits[0].defaultRequest", { cpu: "1" }]),
        "a limit range with a least value": another(limitRange, ["spec.limits[0].min", { cpu: "5" }]),
        "a limit range in the loader's namespace": another(limitRange, LOADER),
        "a policy that opens a port more": another(wayOut, ["spec.egress[0].ports[1]", { port: 80, protocol: "TCP" }]),
        "a policy that opens everything": another(defaultDeny, ["spec.egress", [{}]]),
        "a policy that opens in the loader's namespace": another(wayOut, LOADER),
        "a policy that opens what isn't known": another(defaultDeny, ["spec.ingress", UNKNOWN]),
        "a binding of an admission policy": another(binding),
        "a workload": another(evaluator),
        "a workload without a name": change(evaluator, "metadata.name", undefined),
        "a namespace": another(namespace),
        "a runtime": object("node.k8s.io/v1:RuntimeClass", { handler: "runc" }),
        "a budget": object("policy/v1:PodDisruptionBudget", { spec: { minAvailable: "100%" } }),
        "a ConfigMap": object("core/v1:ConfigMap", { data: {} }),
        "a secret": object("core/v1:Secret", { data: {} }),
        "a role": object(`${RULE}:Role`, { rules: [] }),
        "a route": object("networking.k8s.io/v1:Ingress", { spec: {} }),
        "a webhook": object("admissionregistration.k8s.io/v1:MutatingWebhookConfiguration", { webhooks: [] }),
        "an autoscaler": object("autoscaling/v2:HorizontalPodAutoscaler", { spec: {} }),
        "a second provider": resource("pulumi:providers:kubernetes", "other", { context: "test" }),
    };
    for (const [what, made] of Object.entries(OTHERS)) {
        it(`refuses ${what}, and nobody can waive it`, () => {
            const found = approvedObjects.check(made, posture);
            assert.deepEqual(found.map(({ path, floor }) => [path, floor]), [["its identity", true]]);
        });
    }

    it("refuses everything where nothing is approved", () => {
        const made = goodStack.filter(({ type }) => /^(kubernetes|pulumi:providers):/.test(type) && !/:(ResourceQuota|LimitRange|NetworkPolicy|ValidatingAdmissionPolicy)$/.test(type));
        assert.deepEqual(made.filter((each) => pathsOf(each, { ...posture, objects: [] }).length === 0), []);
    });
});

describe("policy: approved-objects, of what Pulumi does with them", () => {
    const { options } = evaluator;
    const protectedNow = { ...posture, objects: posture.objects.map((each) => ({ ...each, options: { ...each.options, protect: true } })) };

    it("demands the approved protection, and lets more be protected", () => {
        assert.deepEqual(pathsOf(namespace, protectedNow), ["the option protect"]);
        assert.deepEqual(pathsOf({ ...namespace, options: { ...options, protect: true } }, protectedNow), []);
        assert.deepEqual(pathsOf({ ...namespace, options: { ...options, protect: true } }), []);
    });

    const WRONG: Readonly<Record<string, Partial<Resource["options"]>>> = {
        aliases: { aliases: ["urn:pulumi:test::wikifunctions::kubernetes:apps/v1:Deployment::other"] },
        customTimeouts: { customTimeouts: { delete: 1 } },
        additionalSecretOutputs: { additionalSecretOutputs: ["spec"] },
    };
    for (const [option, set] of Object.entries(WRONG)) {
        it(`refuses ${option} that aren't approved`, () => {
            assert.deepEqual(pathsOf({ ...evaluator, options: { ...options, ...set } }), [`the option ${option}`]);
        });
    }

    it("refuses another place in Pulumi, where an object is made anew and the old one deleted", () => {
        const [stack = "", ...place] = evaluator.urn.split("::wikifunctions::");
        assert.deepEqual(pathsOf({ ...evaluator, urn: `${stack}::wikifunctions::a:b:C$${place.join("")}` }), ["its place in Pulumi"]);
        assert.deepEqual(pathsOf({ ...evaluator, urn: `${evaluator.urn}-2` }), ["its place in Pulumi"]);
        assert.deepEqual(pathsOf({ ...evaluator, urn: evaluator.urn.replace(":test::", ":other::") }), []);
    });

    it("asks nothing of Pulumi where a manifest comes from a file", () => {
        assert.deepEqual(pathsOf({ ...loaderNamespace, urn: "file.yaml#1" }, protectedNow), []);
    });
});

describe("policy: approved-objects, of images that are approved by tag", () => {
    const REPOSITORY = "registry.example.org/wikifunctions/function-evaluator";
    const IMAGE = `${CONTAINER}.image`;
    const TAG = change(evaluator, IMAGE, `${REPOSITORY}:2026-08-19-122930`);
    const byTag = { ...posture, objects: [TAG] };

    for (const image of ["2026-08-19-122930", "2026-11-25-000000", "1.2.3", "v1.2.3"].map((tag) => `${REPOSITORY}:${tag}`).concat(`${REPOSITORY}@sha256:${"b".repeat(64)}`)) {
        it(`accepts the release ${image}`, () => {
            assert.deepEqual(pathsOf(change(TAG, IMAGE, image), byTag), []);
        });
    }
    const MOVING = ["latest", "Latest", "main", "2026", "1.2", "v1", "1.2.3-rc", "2026-08-19-122930-x", ""].map((tag) => `${REPOSITORY}:${tag}`);
    const OTHERS: readonly Value[] = [...MOVING, REPOSITORY, `${REPOSITORY}-eve:1.2.3`, "function-evaluator:1.2.3", UNKNOWN];
    for (const image of OTHERS) {
        it(`refuses ${String(image)}`, () => {
            assert.deepEqual(pathsOf(change(TAG, IMAGE, image), byTag), [IMAGE]);
        });
    }
});
