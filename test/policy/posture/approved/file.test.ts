import assert from "node:assert/strict";
import { approvedText, filesOf } from "../../../../policy/posture/files";
import { parse, print } from "../../../../policy/posture/approved/file";
import { identityOf } from "../../../../policy/posture/approved/identity";
import { goodStack } from "../../good-stack";

const STACKS = ["local", "staging", "production"];
/** Of a file that a person reads. */
const MOST_LINES = 3000;

const GOOD = print(goodStack);

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

    it("are sorted, whatever the order in which the program makes its objects", () => {
        assert.equal(print([...goodStack].reverse()), GOOD);
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
        "of something else": ["---\npulumi:\n  type: pulumi:pulumi:Stack\n  name: x\n", /document 1 has to be a Kubernetes object with a name, or a provider/],
        "without a name": ["---\nkind: Namespace\npulumi:\n  type: kubernetes:core/v1:Namespace\n  name: x\n", /document 1 has to be a Kubernetes object with a name/],
        "with a text for an object": ["---\nhello\n", /document 1 is no object of Kubernetes/],
        "that ends early": [GOOD.slice(0, -1), /x\.yaml:\d+: /],
        "with more behind": [`${GOOD}\n`, /x\.yaml:\d+: /],
    };
    for (const [what, [text, problem]] of Object.entries(WRONG)) {
        it(`are refused ${what}`, () => {
            assert.notEqual(text, GOOD);
            assert.match(problemWith(text), problem);
        });
    }
});
