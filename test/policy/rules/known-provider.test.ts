import assert from "node:assert/strict";
import { UNKNOWN } from "../../../policy/model/resource";
import { knownProvider } from "../../../policy/rules/known-provider";
import { evaluator, posture, provider, resource } from "../fixtures";
import { judge } from "../harness";

const ID = "01234567-89ab-cdef-0123-456789abcdef";

judge(knownProvider, {
    good: provider,
    passes: {
        "server-side apply, as YAML says it": [["enableServerSideApply", true]],
        "fewer warnings": [["suppressDeprecationWarnings", "true"], ["suppressHelmHookWarnings", "true"]],
        "server-side apply, as Node.js says it": [["enableServerSideApply", "true"]],
        "ConfigMaps that are changed in their place, as YAML says it": [["enableConfigMapMutable", true]],
        "the defaults, said aloud": [["skipUpdateUnreachable", "false"], ["deleteUnreachable", false]],
    },
    blocks: {
        "no context": ["context", undefined],
        "an empty context, which is the kubeconfig's own": ["context", ""],
        "a context that isn't known yet": ["context", UNKNOWN],
        "a context that the posture doesn't name": ["context", "production"],
        "a cluster of its own": ["cluster", "test"],
        "an unknown cluster": ["cluster", UNKNOWN],
        "a kubeconfig of its own, which may run any program to log in": ["kubeconfig", "/etc/kubeconfig"],
        "a kubeconfig in its text": ["kubeconfig", '{"apiVersion":"v1","kind":"Config"}'],
        "an unknown kubeconfig": ["kubeconfig", UNKNOWN],
        "manifests written to a folder": ["renderYamlToDirectory", "/tmp/out"],
        "client-side apply": ["enableServerSideApply", "false"],
        "ConfigMaps that are replaced": ["enableConfigMapMutable", undefined],
        "ConfigMaps that are replaced, in words": ["enableConfigMapMutable", "false"],
        "a setting of ConfigMaps that isn't known yet": ["enableConfigMapMutable", UNKNOWN],
        "an unreachable cluster skipped": ["skipUpdateUnreachable", "true"],
        "what can't be reached given up": ["deleteUnreachable", "true"],
        "a helm release's settings": ["helmReleaseSettings", {}],
        "a namespace of its own": ["namespace", "default"],
    },
}, {
    good: { ...provider, name: "provider with a kubeconfig of whoever runs Pulumi" },
    posture: { surroundings: { kubeconfig: "/home/ann/.kube/config" } },
    passes: { "that kubeconfig": [["kubeconfig", "/home/ann/.kube/config"]] },
    blocks: { "another kubeconfig, which may have a context of the same name": ["kubeconfig", "/etc/kubeconfig"] },
}, {
    good: { ...provider, name: "provider of one of two clusters" },
    posture: { clusters: [{ context: "test" }, { context: "production", id: ID }] },
    passes: { "the other one, by an id that isn't known": [["context", "production"]] },
    blocks: { "a third one": ["context", "staging"] },
}, {
    good: { ...provider, props: { ...provider.props, context: "production" }, name: "provider of a cluster by its id" },
    posture: { clusters: [{ context: "test" }, { context: "production", id: ID }], surroundings: { clusterId: ID } },
    passes: { "a cluster that is approved with any id": [["context", "test"]] },
    blocks: { "a third one": ["context", "staging"] },
}, {
    good: { ...provider, name: "provider of two clusters of one name" },
    posture: { clusters: [{ context: "test", id: "another" }, { context: "test", id: ID }], surroundings: { clusterId: ID } },
    passes: {},
    blocks: { "a third one": ["context", "staging"] },
});

describe("policy: known-provider, of a resource", () => {
    const other = { urn: "u", type: "pulumi:providers:command", name: "p", props: {} };

    it("says nothing of the id where the context is no cluster's", () => {
        const clusters = [{ context: "test", id: ID }];
        const elsewhere = { ...provider, props: { ...provider.props, context: "staging" } };
        const found = knownProvider.check(elsewhere, { ...posture, clusters, surroundings: { clusterId: "other" } });
        assert.deepEqual(found.map(({ path }) => path), ["context"]);
    });

    it("refuses the context of a cluster whose id isn't the stack's", () => {
        const clusters = [{ context: "test", id: ID }];
        for (const clusterId of [ID.replace("0", "f"), ""]) {
            const found = knownProvider.check(provider, { ...posture, clusters, surroundings: { clusterId } });
            assert.deepEqual(found.map(({ path }) => path), ["the stack's clusterId"]);
        }
    });

    it("accepts the Kubernetes provider, and none for a component", () => {
        const component = resource("wikifunctions:index:Workload", "w", {});
        assert.deepEqual([evaluator, component].flatMap((each) => knownProvider.check(each, posture)), []);
    });

    it("refuses a component that poses as an object, which nothing makes then", () => {
        const found = knownProvider.check({ ...evaluator, provider: undefined }, posture);
        assert.deepEqual(found.map(({ path, is }) => [path, is]), [["the type of its provider", "not set"]]);
    });

    it("refuses another provider for a Kubernetes object, and any for something else", () => {
        const posing = resource("wikifunctions:index:Workload", "w", {}, { provider: other });
        assert.equal(knownProvider.check({ ...posing, provider: evaluator.provider }, posture).length, 1);
        const found = [{ ...evaluator, provider: other }, posing].flatMap((each) => knownProvider.check(each, posture));
        assert.deepEqual(found.map(({ path, is }) => ({ path, is })), [1, 2].map(() => ({ path: "the type of its provider", is: '"pulumi:providers:command"' })));
    });
});
