import assert from "node:assert/strict";
import { UNKNOWN } from "../../../policy/model/resource";
import { knownProvider } from "../../../policy/rules/known-provider";
import { evaluator, posture, provider, resource } from "../fixtures";
import { judge } from "../harness";

judge(knownProvider, {
    good: provider,
    passes: {
        "server-side apply, as YAML says it": [["enableServerSideApply", true]],
        "fewer warnings": [["suppressDeprecationWarnings", "true"], ["suppressHelmHookWarnings", "true"]],
        "a cluster of its kubeconfig": [["cluster", "test"]],
        "server-side apply, as Node.js says it": [["enableServerSideApply", "true"]],
        "ConfigMaps that are changed in their place, as YAML says it": [["enableConfigMapMutable", true]],
        "a kubeconfig of its own": [["kubeconfig", "/etc/kubeconfig"]],
    },
    blocks: {
        "no context": ["context", undefined],
        "an empty context, which is the kubeconfig's own": ["context", ""],
        "an unknown cluster": ["cluster", UNKNOWN],
        "an unknown kubeconfig": ["kubeconfig", UNKNOWN],
        "manifests written to a folder": ["renderYamlToDirectory", "/tmp/out"],
        "client-side apply": ["enableServerSideApply", "false"],
        "ConfigMaps that are replaced": ["enableConfigMapMutable", undefined],
        "ConfigMaps that are replaced, in words": ["enableConfigMapMutable", "false"],
        "a setting of ConfigMaps that isn't known yet": ["enableConfigMapMutable", UNKNOWN],
        "an unreachable cluster skipped": ["skipUpdateUnreachable", "true"],
        "a namespace of its own": ["namespace", "default"],
    },
}, {
    good: { ...provider, props: { context: "production", enableConfigMapMutable: "true" } },
    posture: { kubeContext: "production" },
    blocks: {
        "another context than the posture names": ["context", "staging"],
        "no context where the posture names one": ["context", undefined],
        "a context that isn't known yet": ["context", UNKNOWN],
        "a kubeconfig that may have a context of the same name": ["kubeconfig", "/etc/kubeconfig"],
        "another cluster than the context's": ["cluster", "staging"],
    },
});

describe("policy: known-provider, of a resource", () => {
    const other = { urn: "u", type: "pulumi:providers:command", name: "p", props: {} };

    it("accepts the Kubernetes provider, and none for a component or a manifest from a file", () => {
        const fromFile = { ...evaluator, provider: undefined };
        const component = resource("wikifunctions:index:Workload", "w", {});
        assert.deepEqual([evaluator, fromFile, component].flatMap((each) => knownProvider.check(each, posture)), []);
    });

    it("refuses another provider for a Kubernetes object, and any for something else", () => {
        const posing = resource("wikifunctions:index:Workload", "w", {}, { provider: other });
        assert.equal(knownProvider.check({ ...posing, provider: evaluator.provider }, posture).length, 1);
        const found = [{ ...evaluator, provider: other }, posing].flatMap((each) => knownProvider.check(each, posture));
        assert.deepEqual(found.map(({ path, is }) => ({ path, is })), [1, 2].map(() => ({ path: "the type of its provider", is: '"pulumi:providers:command"' })));
    });
});
