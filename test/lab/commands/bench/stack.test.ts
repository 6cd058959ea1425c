import assert from "node:assert/strict";
import { stackWith, type Resource } from "../../../../lab/commands/bench/stack";

const urn = (type: string, name: string): string => `urn:pulumi:local::wikifunctions::wikifunctions:index:Sandbox$${type}::${name}`;
const made = (type: string, name: string, ...dependencies: string[]): Resource => ({ urn: urn(type, name), type, inputs: { metadata: { name, namespace: "n" } }, dependencies });

const NAMESPACE = "kubernetes:core/v1:Namespace";
const ACCOUNT = "kubernetes:core/v1:ServiceAccount";
const PROVIDER: object = { context: "lab", __internal: {} };
const DEPLOYED: readonly Resource[] = [
    { urn: "urn:pulumi:local::wikifunctions::pulumi:pulumi:Stack::wikifunctions-local", type: "pulumi:pulumi:Stack" },
    { urn: urn("pulumi:providers:kubernetes", "cluster"), type: "pulumi:providers:kubernetes", inputs: PROVIDER },
    made(NAMESPACE, "sandbox"),
    made(ACCOUNT, "sandbox", urn(NAMESPACE, "sandbox")),
];

describe("npm run bench: the stack that is previewed", () => {
    const stack = stackWith(DEPLOYED, 10);

    it("has the size asked for, and what is deployed first", () => {
        assert.equal(stack.length, 10);
        assert.deepEqual(stack.slice(0, 3).map(({ type }) => type), ["pulumi:providers:kubernetes", NAMESPACE, ACCOUNT]);
        assert.deepEqual(stack[0]?.inputs, { context: "lab" });
    });

    it("copies only what there may be any number of, each under a name of its own, after what the original waits for", () => {
        const copies = stack.slice(3);
        assert.ok(copies.every(({ type, dependsOn }) => type === ACCOUNT && dependsOn.join() === stack[1]?.name));
        assert.equal(new Set(copies.map(({ inputs }) => JSON.stringify(inputs))).size, copies.length);
        assert.equal(new Set(stack.map(({ name }) => name)).size, stack.length);
    });
});
