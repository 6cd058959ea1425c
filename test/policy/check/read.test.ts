import assert from "node:assert/strict";
import { LIMITS } from "../../../policy/manifests/limits";
import { read } from "../../../policy/manifests/read";
import { manifestsIn, type Manifest } from "../../../policy/manifests/to-resource";
import { Unreadable } from "../../../policy/manifests/unreadable";
import type { Value } from "../../../policy/model/resource";

const bytes = (text: string): Buffer => Buffer.from(text);
const values = (text: string): Value[] => [...read("f", bytes(text))].map(({ value }) => value);
const objects = (text: string): Manifest[] => [...read("f", bytes(text))].flatMap((content) => [...manifestsIn(content)]);

function refusal(text: string | Buffer): Unreadable {
    try {
        [...read("f", typeof text === "string" ? bytes(text) : text)].forEach((content) => [...manifestsIn(content)]);
    } catch (error) {
        assert.ok(error instanceof Unreadable, String(error));
        return error;
    }
    throw new assert.AssertionError({ message: "was read" });
}

describe("check: YAML as Kubernetes reads it", () => {
    // What sigs.k8s.io/yaml makes of each.
    const SCALARS: Readonly<Record<string, Value>> = {
        "yes": true, "Yes": true, "y": true, "on": true, "TRUE": true, "no": false, "n": false, "Off": false,
        "~": null, "": null, "null": null, "Null": null, "yEs": "yEs", "nuLL": "nuLL",
        '"yes"': "yes", "'017'": "017", "!!str yes": "yes", "! yes": "yes",
        "17": 17, "-17": -17, "+17": 17, "017": 15, "0o17": 15, "0x1F": 31, "0b11": 3, "1_000": 1000, "08": 8, "0": 0,
        "1e3": 1000, "1.5": 1.5, ".5": 0.5, ".5_0": 0.5, ".5__0": ".5__0", "._5": "._5", "-.5": -0.5, "1:30": "1:30", "2001-01-01": "2001-01-01", "1.2.3": "1.2.3", ".": ".", "-": [null], "100m": "100m",
    };
    for (const [text, value] of Object.entries(SCALARS)) {
        it(`reads ${text === "" ? "nothing" : text} as ${JSON.stringify(value)}`, () => {
            assert.deepEqual(values(`a:\n  ${text}`), [{ a: value }]);
        });
    }

    it("reads keys the same way, and they end as texts", () => {
        assert.deepEqual(values("{on: 1, 017: 2, '1.5': 3, '017': 4, \"no\": 5}"), [{ true: 1, 15: 2, 1.5: 3, "017": 4, no: 5 }]);
    });

    it("follows aliases and merges, own keys first", () => {
        assert.deepEqual(values("a: &a {x: 1, y: 2}\nb: &b {x: 3, z: 4}\nc: {<<: [*a, *b], y: 5}\nd: *a"), [{ a: { x: 1, y: 2 }, b: { x: 3, z: 4 }, c: { x: 1, y: undefined, z: 4, "true": 5 }, d: { x: 1, y: 2 } }].map((expected) => JSON.parse(JSON.stringify(expected).replaceAll('"y"', '"true"')) as Value));
    });

    it("takes an anchor that is set again from where it stands last", () => {
        assert.deepEqual(values("a: &a 1\nb: *a\nc: &a 2\nd: *a"), [{ a: 1, b: 1, c: 2, d: 2 }]);
    });

    it("reads JSON, tabs, Windows line ends, and a byte order mark", () => {
        assert.deepEqual(values('{\n\t"a": [\n\t\t"\\ud83d\\ude00\\/", true, null, 1e2]\n}'), [{ a: ["😀/", true, null, 100] }]);
        assert.deepEqual(values("\ufeff---\r\na: 1\r\n"), [{ a: 1 }]);
    });

    it("reads quotes and brackets however they are indented within", () => {
        assert.deepEqual(values("a:\n  b: 'x\n  y: z\n\n  w'\n  c: [\n    1,\n  ]\n  d: \"e\nf\"\ng: {\n\"h\": 1\n}\n"), [{ a: { b: "x y: z\nw", c: [1], d: "e f" }, g: { h: 1 } }]);
        assert.match(refusal("a:\n  b: 'x\n  y'\n c: 1").message, /^f:4:2: /);
    });

    it("takes a byte order mark for the document's beginning where one ended right before it", () => {
        assert.deepEqual(values("a: 1\n---\n\ufeffb: 2"), [{ a: 1 }, { b: 2 }]);
        assert.deepEqual(values("---\n---\n\ufeffb: 2"), [{ b: 2 }]);
        assert.match(refusal("a: 1\n---\n---\n\ufeffb: 2").message, /^f:4:1: an invisible character/);
        assert.match(refusal("---\n\ufeffa: 1").message, /^f:2:1: an invisible character/);
    });

    it("reads JSON behind fewer blanks than Kubernetes looks at", () => {
        assert.deepEqual(values(`${" ".repeat(4095)}{"a": 1}{"b": 2}`), [{ a: 1 }, { b: 2 }]);
        assert.match(refusal(`${" ".repeat(4096)}{"a": 1}{"b": 2}`).message, /^f:1:4097: JSON behind 4096 blanks or more/);
    });

    it("passes over empty documents", () => {
        assert.deepEqual(values("---\n---\n# nothing\n---\na: 1\n---\n...\n---\n~\n"), [{ a: 1 }]);
        assert.deepEqual(values(""), []);
    });

    it("keeps a key named __proto__ a key", () => {
        const [value] = values("__proto__: {kind: Pod}");
        assert.equal(Object.hasOwn(value as object, "__proto__"), true);
        assert.equal((value as { kind?: string }).kind, undefined);
    });
});

describe("check: objects", () => {
    it("unrolls lists, and gives items of a typed list their type", () => {
        const found = objects("apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: Pod\n  metadata: {name: a}\n---\napiVersion: apps/v1\nkind: DeploymentList\nitems:\n- metadata: {name: b}\n- metadata: {name: c}\n");
        assert.deepEqual(found.map(({ resource: { type, name, props } }) => [type, name, props["kind"]]), [["kubernetes:core/v1:Pod", "a", "Pod"], ["kubernetes:apps/v1:Deployment", "b", "Deployment"], ["kubernetes:apps/v1:Deployment", "c", "Deployment"]]);
        assert.deepEqual(objects("apiVersion: v1\nkind: List\nitems: []"), []);
    });

    it("takes somebody's own kind that only ends in List for an object", () => {
        assert.deepEqual(objects("apiVersion: example.org/v1\nkind: AllowList\nspec: {items: 1}").map(({ resource }) => resource.type), ["kubernetes:example.org/v1:AllowList"]);
    });

    it("tells where fields stand, in lists and through aliases, and where one that isn't set would be", () => {
        const [first, second] = objects("apiVersion: v1\nkind: List\nitems:\n- &a\n  apiVersion: v1\n  kind: Pod\n  metadata:\n    labels:\n      a.b/c: x\n  spec:\n    containers:\n    - image: x\n      securityContext: {privileged: yes}\n- *a\n");
        const at = (path: string, manifest = first): string => {
            const place = manifest?.placeOf(path);
            return `${String(place?.line)}:${String(place?.column)}`;
        };
        assert.equal(at(""), "5:3");
        assert.equal(at("spec.containers[0].securityContext.privileged"), "13:25");
        assert.equal(at('metadata.labels["a.b/c"]'), "9:7");
        assert.equal(at("spec.containers[0].securityContext.runAsUser"), "13:7");
        assert.equal(at("its identity"), "5:3");
        assert.equal(at("", second), "14:3");
        assert.equal(at("spec.containers[0].image", second), "12:7");
        assert.notEqual(first?.resource.urn, second?.resource.urn);
    });
});

describe("check: what can't be read", () => {
    const laughs = ["a0: &a0 [x,x,x,x,x,x,x,x,x,x]", ...Array.from({ length: 12 }, (_, i) => `a${String(i + 1)}: &a${String(i + 1)} [${Array(10).fill(`*a${String(i)}`).join(",")}]`)].join("\n");
    const CASES: Readonly<Record<string, readonly [text: string | Buffer, message: RegExp]>> = {
        "a billion laughs": [laughs, /^f:5:\d+: aliases that unfold to more than 100,000 values$/],
        "laughs by merging": [["a0: &a0 {k: 1}", ...Array.from({ length: 40 }, (_, i) => `a${String(i + 1)}: &a${String(i + 1)} {x: *a${String(i)}, y1: *a${String(i)}}`)].join("\n"), /^f:\d+:\d+: aliases that unfold/],
        "a cycle": ["a: &a\n  b: *a", /^f:2:6: a cyclic alias/],
        "a list in itself": ["&a [*a]", /^f:1:5: a cyclic alias/],
        "an alias of nothing": ["a: *b", /^f:1:4: an alias of an anchor that isn't set before it$/],
        "a merge of a text": ["a: {<<: x}", /^f:1:5: a merge of something that is no map$/],
        "a duplicate key": ["a:\n  b: 1\n  b: 2", /^f:3:3: a duplicate key/],
        "keys that are one after reading": ["a:\n  on: 1\n  'true': 2", /^f:3:3: a duplicate key/],
        "a duplicate in JSON": ['{"a": 1,\n "a": 2}', /^f:2:2: a duplicate key/],
        "a list for a key": ["? [a]\n: b", /^f:1:3: a key that is no text; put quotes around it$/],
        "no key": ["~: 1", /^f:1:1: a key that is no text; put quotes around it$/],
        "a key that is rounded": ["1.5: a", /^f:1:1: a key that is no text; put quotes around it$/],
        "a directive": ["\n# c\n%YAML 1.1\n---\na: 1", /^f:3:1: a directive, which Kubernetes takes for a document of its own; remove the line$/],
        "an infinite number": ["a: .inf", /^f:1:4: a number that JSON/],
        "a tag of Python": ["a: !!python/object x", /^f:1:4: a tag other than/],
        "a tab for indentation": ["a:\n\tb: 1", /^f:2:1: tab characters/],
        "a colon too much": ["a: 1\nb: c: d", /^f:2:5: bad indentation/],
        "an address in a list that ends with a colon": ["a: [fe80::1, fe80::]", /^f:1:14: a colon between brackets .*; put quotes around a text that ends with a colon, such as an IPv6 address, or a space behind the colon of a key$/],
        "an address in a map that ends with a colon": ["a: {b: fe80::, c: d}", /^f:1:13: a colon between brackets .*; put quotes around/],
        "a comma too few": ["a: {b: 'x' y}", /^f:1:12: missed comma/],
        "an open quote": ["a: 'x", /^f:1:\d+: unexpected end/],
        "an open bracket": ["a: [1, 2\n", /^f:2:1: [a-z ]+$/],
        "deep brackets": ["[".repeat(100_000), /^f:1:\d+: nested deeper than 200 levels$/],
        "deep maps": [Array.from({ length: 300 }, (_, i) => `${" ".repeat(i)}a:`).join("\n"), /^f:\d+:\d+: nested deeper/],
        "a control character": ["a: 1\nb: \u0007x", /^f:2:4: the stream contains non-printable/],
        "bad UTF-8": [Buffer.from([0x61, 0x3a, 0x0a, 0x62, 0x3a, 0xc3, 0x28]), /^f:2: not valid UTF-8$/],
        "UTF-16": [Buffer.from("\ufeffa: 1", "utf16le"), /^f:1: not valid UTF-8$/],
        "too many values": [`a: [${"1,".repeat(LIMITS.values)}1]`, /^f: all input together has more than 750,000 lines, items and brackets; check the files in several runs$/],
        "too many objects' worth of values in one": [`\n\napiVersion: v1\nkind: A\nx: [${"1,".repeat(LIMITS.objectValues)}1]`, /^f:3:1: an object of more than 200,000 values, which no cluster stores$/],
        "too many bytes": [Buffer.alloc(LIMITS.fileBytes + 1, " "), /^f: larger than 32 MiB$/],
        "a text": ["hello", /^f:1:1: not a Kubernetes object: it has to be a map/],
        "a list": ["- a", /^f:1:1: not a Kubernetes object/],
        "no kind": ["---\nkind: x\napiVersion: v1\n---\n\napiVersion: v1", /^f:6:1: not a Kubernetes object: kind is missing$/],
        "a kind that is no text": ["apiVersion: v1\nkind: 1", /^f:2:1: not a Kubernetes object: kind has to be a text$/],
        "no apiVersion in a list": ["apiVersion: v1\nkind: List\nitems:\n- kind: Pod", /^f:4:3: not a Kubernetes object: apiVersion is missing$/],
        "a list in a list": ["apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: PodList\n  items:\n  - {}", /^f:6:3: a list within a list, at which kubectl stops; put its items into the list around it$/],
        "somebody's kind with items in a list": ["apiVersion: v1\nkind: List\nitems:\n- {apiVersion: example.org/v1, kind: A, items: []}", /^f:4:41: a list within a list/],
        "items that are no list": ["apiVersion: v1\nkind: List\nitems: 1", /^f:3:1: items has to be a list/],
        "a chart that isn't rendered": ["apiVersion: v1\nkind: Pod\n{{- if .Values.x }}\nspec: 1\n{{- end }}", /^f:3:\d+: .*; the file has \{\{ in it: render a chart first/],
    };
    for (const [name, [text, message]] of Object.entries(CASES)) {
        it(`refuses ${name} with its place, within two seconds of computing`, () => {
            const started = process.cpuUsage();
            assert.match(refusal(text).message, message);
            assert.ok(process.cpuUsage(started).user < 2e6);
        });
    }

    const QUICK: Readonly<Record<string, string>> = {
        "a merge of many keys": `a: {<<: {${Array.from({ length: 30_000 }, (_, i) => `k${String(i)}: 1`).join(",")}}}`,
        "a merge of many maps": `a: {<<: [${"{},".repeat(20_000)}{${Array.from({ length: 20_000 }, (_, i) => `k${String(i)}: 1`).join(",")}}]}`,
        "a text of many line ends of YAML 1.1": `a: "x${"\u0085".repeat(4_000_000)}x"`,
    };
    for (const [name, text] of Object.entries(QUICK)) {
        it(`reads ${name} within two seconds of computing`, () => {
            const started = process.cpuUsage();
            assert.equal(values(text).length, 1);
            assert.ok(process.cpuUsage(started).user < 2e6);
        });
    }

    it("repeats nothing that may be a secret", () => {
        for (const text of ["a: *hunter2", "a: !hunter2 x", "a: !hunter2!x 1", "a: !<hunter2|x> 1", "hunter2: 1\nhunter2: 2", "a: 'hunter2", "a: hunter2: x", "%TAG hunter2\n---\n", '"a": "\\qhunter2"']) {
            assert.ok(!refusal(text).message.includes("hunter2"), refusal(text).message);
        }
    });
});
