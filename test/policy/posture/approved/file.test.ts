import assert from "node:assert/strict";
import { approvedText, filesOf } from "../../../../policy/posture/files";
import { lineOf, parse, print } from "../../../../policy/posture/approved/file";
import { identityOf } from "../../../../policy/posture/approved/identity";
import { resource } from "../../fixtures";
import { goodStack } from "../../good-stack";

const STACKS = ["local", "staging", "production"];
/** Of a file that a person reads. */
const MOST_LINES = 3000;

const GOOD = print(goodStack);

function without<Key extends string>(object: Readonly<Record<Key, unknown>>, key: Key): object {
    return Object.fromEntries(Object.entries(object).filter(([name]) => name !== key));
}

/** What is said of a file that isn't in order. */
function problemWith(text: string): string {
    try {
        parse("policy/approved/x.yaml", text);
    } catch (error) {
        return (error as Error).message;
    }
    return "";
}

describe("policy: files of what is approved", () => {
    for (const stack of STACKS) {
        it(`${stack}: is what is printed of what is read, and not too long to be read`, () => {
            const text = approvedText(stack) ?? "";
            assert.equal(print(parse(filesOf(stack).approved, text)), text);
            assert.ok(text.split("\n").length < MOST_LINES);
        });
    }

    it("say everything of an object that can be approved, names without their hashes", () => {
        const objects = parse("x", GOOD);
        assert.deepEqual(new Set(objects.map(identityOf)), new Set(goodStack.filter(({ type }) => /^(kubernetes|pulumi:providers):/.test(type)).map(identityOf)));
        assert.equal(/(apparmor-profiles|wikifunctions-[a-z-]+)-[0-9a-f]{12}\b/.test(GOOD), false);
        assert.match(GOOD, /name: apparmor-profiles\n/);
        assert.match(GOOD, /profile wikifunctions-evaluator-python flags/);
    });

    it("say nothing of a provider's surroundings, which are those of whoever ran Pulumi", () => {
        const provider = resource("pulumi:providers:kubernetes", "cluster", { context: "here", kubeconfig: "s3cr3t", namespace: "x" });
        assert.equal(print([provider]), "---\nnamespace: x\npulumi:\n  type: pulumi:providers:kubernetes\n  name: cluster\n");
    });

    it("say names of profiles without their hashes only where all are names of profiles", () => {
        const name = "wikifunctions-evaluator-python-0123456789ab";
        const written = (data: Record<string, string>): string => print([resource("kubernetes:core/v1:ConfigMap", "x", { kind: "ConfigMap", metadata: { name: "x" }, data })]);
        assert.match(written({ [name]: "text" }), /\n {2}wikifunctions-evaluator-python: text\n/);
        assert.match(written({ [name]: "text", other: "text" }), /\n {2}other: text\n {2}wikifunctions-evaluator-python-0123456789ab: text\n/);
    });

    it("are sorted, whatever the order in which the program makes its objects", () => {
        assert.equal(print([...goodStack].reverse()), GOOD);
    });

    it("have keys in their order all the way down, options that are set, and nothing that is null", () => {
        const props = { spec: { b: [{ d: 1, c: null }], a: { f: undefined, e: "x".repeat(200) } }, metadata: { name: "x" }, kind: "X", another: 1 };
        const options = { protect: true, ignoreChanges: [], deleteBeforeReplace: false, customTimeouts: { delete: 2, create: 1 }, aliases: ["a"], deletedWith: "urn:pulumi:x" };
        const [same, other] = [{ d: 1 }, { e: 2 }].map((data, index) => resource(`kubernetes:x/v${String(index + 1)}:X`, "x", { kind: "X", metadata: { name: "y" }, data }));
        const text = `---
kind: X
metadata:
  name: x
another: 1
spec:
  a:
    e: ${"x".repeat(200)}
  b:
    - d: 1
pulumi:
  type: kubernetes:x/v1:X
  name: x
  options:
    aliases:
      - a
    customTimeouts:
      create: 1
      delete: 2
    protect: true
`;
        assert.equal(print([resource("kubernetes:x/v1:X", "x", props, { options })]), text);
        assert.equal(print([other, same] as never), print([same, other] as never));
        const [read] = parse("x", text);
        assert.deepEqual([read?.type, read?.name, read?.options, read?.dependencies], ["kubernetes:x/v1:X", "x", without(options, "deletedWith"), []]);
        assert.deepEqual([0, 1, 2].map((index) => lineOf(`${text}---\n`, index)), [1, 21, 1]);
    });

    const first = GOOD.split("---\n")[1] ?? "";
    const WRONG: Readonly<Record<string, readonly [text: string, problem: RegExp]>> = {
        "that is no YAML": ["---\na: [\n", /^policy\/approved\/x\.yaml:\d+: /],
        "with an object twice": [`${GOOD}---\n${first}`, /stands there twice/],
        "with a comment": [GOOD.replace("kind: ConfigMap\n", "kind: ConfigMap # fine\n"), /x\.yaml:3: the file isn't in the form that npm run posture -- approve writes.*"kind: ConfigMap"/],
        "with a key twice": [GOOD.replace("kind: ConfigMap\n", "kind: ConfigMap\nkind: ConfigMap\n"), /x\.yaml:4: /],
        "with an anchor": [GOOD.replace("kind: ConfigMap\n", "kind: &a ConfigMap\n"), /x\.yaml:3: /],
        "in another order": [GOOD.replace("apiVersion: v1\nkind: ConfigMap\n", "kind: ConfigMap\napiVersion: v1\n"), /x\.yaml:2: /],
        "with other quotes": [GOOD.replace("kind: ConfigMap\n", "kind: \"ConfigMap\"\n"), /x\.yaml:3: /],
        "that says nothing of Pulumi": ["---\nkind: Namespace\nmetadata:\n  name: x\n", /document 1 has to say under "pulumi" its type and name/],
        "that gives Pulumi no type": ["---\nkind: X\npulumi:\n  type: 1\n  name: x\n", /document 1 has to say under "pulumi" its type and name/],
        "that gives Pulumi no name": ["---\nkind: X\npulumi:\n  type: kubernetes:x/v1:X\n  name: 1\n", /document 1 has to say under "pulumi" its type and name/],
        "that gives Pulumi options of no kind": ["---\nkind: X\npulumi:\n  type: kubernetes:x/v1:X\n  name: x\n  options: all\n", /document 1 has to say under "pulumi" its type and name/],
        "with a day, which might be a text": [GOOD.replace("kind: ConfigMap\n", "kind: 2026-01-01T00:00:00.000Z\n"), /x\.yaml:\d+: the file isn't in the form/],
        "of something else": ["---\npulumi:\n  type: pulumi:pulumi:Stack\n  name: x\n", /document 1 has to be a Kubernetes object with a name, or a provider/],
        "without a name": ["---\nkind: Namespace\npulumi:\n  type: kubernetes:core/v1:Namespace\n  name: x\n", /document 1 has to be a Kubernetes object with a name/],
        "with a text for an object": ["---\nhello\n", /document 1 is no object of Kubernetes/],
        "that ends early": [GOOD.slice(0, -1), new RegExp(`x\\.yaml:${String(GOOD.split("\n").length)}: `)],
        "with more behind": [`${GOOD}\n`, /x\.yaml:\d+: .*; here it would say "nothing more"\.$/],
    };
    for (const [what, [text, problem]] of Object.entries(WRONG)) {
        it(`are refused ${what}`, () => {
            assert.notEqual(text, GOOD);
            assert.match(problemWith(text), problem);
        });
    }
});
