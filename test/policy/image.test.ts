import assert from "node:assert/strict";
import { parseImage } from "../../policy/model/image";
import { UNKNOWN, type Value } from "../../policy/model/resource";

const DIGEST = `sha256:${"0a".repeat(32)}`;

const READ: Readonly<Record<string, readonly [repository: string, tag?: string, digest?: string]>> = {
    "registry.example.org/a/b": ["registry.example.org/a/b"],
    "registry.example.org:5000/a:1": ["registry.example.org:5000/a", "1"],
    [`registry/a@${DIGEST}`]: ["registry/a", undefined, DIGEST],
    [`registry/a:v1.2_x-3@${DIGEST}`]: ["registry/a", "v1.2_x-3", DIGEST],
    "registry/a.b/c-d--e/f__g/h0": ["registry/a.b/c-d--e/f__g/h0"],
    [`registry/a:${"x".repeat(128)}`]: ["registry/a", "x".repeat(128)],
};

const REFUSED: readonly Value[] = [
    "a", "a:1", "", "/a", "registry/", "registry//a", "-registry/a", "registry/-a", "registry/a-", "registry/.a", "registry/A", "registry:x/a", "registry:/a",
    "EVIL.registry/a", "docker://registry/a", " registry/a", "registry/a ", "registry/a\n", "x\nregistry/a", "registry/a:", "registry/a:-1", "registry/a:1:2", `registry/a:${"x".repeat(129)}`,
    "registry/a@", "registry/a@sha256:0a", `registry/a@${DIGEST}0`, `registry/a@${DIGEST.toUpperCase()}`, `registry/a@sha512:${"0a".repeat(32)}`, `registry/a@${DIGEST}:1`,
    null, undefined, 1, ["registry/a"], UNKNOWN,
];

describe("policy model: images", () => {
    for (const [text, [repository, tag, digest]] of Object.entries(READ)) {
        it(`are read from ${text}`, () => {
            assert.deepEqual(parseImage(text), { repository, tag, digest });
        });
    }

    it("can't be read from anything else", () => {
        assert.deepEqual(REFUSED.filter((value) => parseImage(value) !== undefined), []);
    });
});
