import type { Resource } from "../../../policy/model/resource";
import { singleCluster } from "../../../policy/rules/single-cluster";
import { evaluator, goodStack, quota } from "../good-stack";
import { judgeStack, remove, replace } from "../harness";

const elsewhere: Resource = { ...quota, provider: { urn: "urn:pulumi:test::wikifunctions::pulumi:providers:kubernetes::other", type: "pulumi:providers:kubernetes", name: "other", props: { context: "other" } } };
const { urn, type, name, props, options, dependencies } = quota;
const withoutProvider: Resource = { urn, type, name, props, options, dependencies };

judgeStack(singleCluster, {
    good: goodStack,
    passes: {
        "no providers, as in manifests from files": [(stack) => stack.map(({ urn, type, name, props, options, dependencies }) => ({ urn, type, name, props, options, dependencies }))],
        "no objects": [() => []],
        "fewer objects": [remove(evaluator)],
        "a component, which has no provider": [replace(quota, { ...withoutProvider, type: "wikifunctions:index:Sandbox" })],
    },
    blocks: {
        "a quota in another cluster": [[replace(quota, elsewhere)], "its provider", quota],
        "a quota without the provider": [[replace(quota, withoutProvider)], "its provider", quota],
        "an evaluator in another cluster": [[replace(evaluator, { ...evaluator, provider: elsewhere.provider as NonNullable<Resource["provider"]> })], "its provider", evaluator],
    },
});
