import assert from "node:assert/strict";
import { describe as inWords } from "../../../../policy/model/message";
import type { Resource, Value } from "../../../../policy/model/resource";
import { differencesOf, shown } from "../../../../policy/posture/approved/differences";
import { posture, resource } from "../../fixtures";

type Properties = Record<string, Value>;

const made = (props: Properties, kind = "Deployment"): Resource => resource(`kubernetes:apps/v1:${kind}`, "x", { kind, ...props });
const pod = (spec: Properties): Properties => ({ spec: { template: { spec } } });
const POD = "spec.template.spec";

interface Found {
    readonly [path: string]: readonly [verdict: string, is: string, must: string, isOrdered: boolean];
}

function foundIn(approved: Properties | undefined, now: Properties): Found {
    const found = differencesOf(approved === undefined ? undefined : made(approved), made(now), posture);
    return Object.fromEntries(found.map(({ path, verdict, is, must, isOrdered }) => [path, [verdict, is, must, isOrdered]]));
}

/** By what is compared: the approved properties, those now, and everything that is found. */
const CASES: Readonly<Record<string, readonly [approved: Properties | undefined, now: Properties, found: Found]>> = {
    "equal values": [{ spec: { a: { b: [1] } } }, { spec: { a: { b: [1] } } }, {}],
    "null for what isn't set": [{ spec: { a: 1 } }, { spec: { a: 1, b: null } }, {}],
    "what isn't set for null": [{ spec: { a: 1, b: null } }, { spec: { a: 1 } }, {}],
    "an object that nobody has approved": [undefined, { spec: { a: 1 } }, { kind: ["looser", '"Deployment"', "left out", false], "spec.a": ["looser", "1", "left out", false] }],
    "another value": [{ spec: { a: "one" } }, { spec: { a: "two" } }, { "spec.a": ["looser", '"two"', '"one"', false] }],
    "a value of another type": [{ spec: { a: { b: 1 } } }, { spec: { a: ["b"] } }, { "spec.a": ["looser", "a list of 1", "an object", false] }],
    "a value more": [{ spec: {} }, { spec: { a: { b: 1 } } }, { "spec.a": ["looser", "an object", "left out", false] }],
    "an empty map where there is none": [{ metadata: {} }, { metadata: { annotations: {} } }, { "metadata.annotations": ["looser", "an object", "left out", false] }],
    "no map where there is an empty one": [{ metadata: { annotations: {} } }, { metadata: {} }, { "metadata.annotations": ["looser", "not set", "an object", false] }],
    "an empty map as before": [{ metadata: { annotations: {} } }, { metadata: { annotations: {} } }, {}],
    "words where there is no map": [{ metadata: {} }, { metadata: { labels: { team: "x" } } }, { "metadata.labels.team": ["neutral", '"x"', "left out", true] }],
    "another order in a list without names": [{ spec: { a: [1, 2] } }, { spec: { a: [2, 1] } }, { "spec.a[0]": ["looser", "2", "1", false], "spec.a[1]": ["looser", "1", "2", false] }],
    "an entry that is null": [{ spec: { a: [] } }, { spec: { a: [null] } }, { "spec.a[0]": ["looser", "null, which Kubernetes reads as not set", "left out", false] }],
    "containers where there are none": [pod({}), pod({ containers: [{ name: "c", image: "x" }] }), { [`${POD}.containers[0].name`]: ["looser", '"c"', "left out", false], [`${POD}.containers[0].image`]: ["looser", '"x"', "not set, or an image of nothing with a digest, or the tag of a release (2026-08-19-122930, 1.2.3)", true] }],
    "a container by its name, in another place": [pod({ containers: [{ name: "a" }, { name: "b", stdin: true }] }), pod({ containers: [{ name: "b" }, { name: "a" }] }), { [`${POD}.containers[0].stdin`]: ["looser", "not set", "true", true] }],
    "containers without names, as before": [pod({ containers: [{ image: "x" }] }), pod({ containers: [{ image: "x" }] }), {}],
    "containers without names": [pod({ containers: [{ image: "x" }] }), pod({ containers: [{ image: "y" }] }), { [`${POD}.containers`]: ["looser", "a list of 1", "a list of 1", false] }],
    "names where containers have none": [pod({ containers: [{ image: "x" }] }), pod({ containers: [{ name: "a", image: "x" }] }), { [`${POD}.containers`]: ["looser", "a list of 1", "a list of 1", false] }],
    "a container twice": [pod({ containers: [{ name: "a" }] }), pod({ containers: [{ name: "a" }, { name: "a" }] }), { [`${POD}.containers`]: ["looser", "a list of 2", "a list of 1", false] }],
    "variables in another order": [{ env: [{ name: "a" }, { name: "b" }] }, { env: [{ name: "b" }, { name: "a" }] }, { env: ["looser", "a list of 2", "a list of 2", false] }],
    "a variable between": [{ env: [{ name: "a" }, { name: "b" }] }, { env: [{ name: "a" }, { name: "c" }, { name: "b" }] }, { "env[1]": ["looser", "an object", "left out", false] }],
    "a limit that is higher": [
        pod({ containers: [{ name: "c", resources: { limits: { cpu: "1" } } }] }), pod({ containers: [{ name: "c", resources: { limits: { cpu: "2" } } }] }),
        { [`${POD}.containers[0].resources.limits.cpu`]: ["looser", '"2"', 'from 0 to "1"', true] },
    ],
    "an image of another form": [
        pod({ containers: [{ name: "c", image: "r/a:1.2.3" }] }), pod({ containers: [{ name: "c", image: { a: 1 } }] }),
        { [`${POD}.containers[0].image`]: ["looser", "an object", '"r/a:1.2.3", or an image of r/a with a digest, or the tag of a release (2026-08-19-122930, 1.2.3)', true] },
    ],
    "the pod's word for its containers": [
        pod({ securityContext: { runAsUser: 900 }, containers: [{ name: "c" }, "x"] }), pod({ containers: [{ name: "c", securityContext: { runAsUser: 900 } }, "x"] }),
        { [`${POD}.securityContext.runAsUser`]: ["neutral", "not set", "900", true] },
    ],
};

/** Maps of texts or amounts, in which Kubernetes reads null as an empty one. */
const TEXTS = ["annotations", "labels", "matchLabels", "nodeSelector", "data", "binaryData", "hard", "max", "min", "default", "defaultRequest", "maxLimitRequestRatio", "limits", "requests"];
/** Below these, whatever looks like a name may be a secret. */
const SECRETIVE = ["env", "command", "args", "annotations", "data", "binaryData", "stringData", "kubeconfig"];

describe("policy: where an object isn't as approved", () => {
    for (const [what, [approved, now, found]] of Object.entries(CASES)) {
        it(`is told for ${what}`, () => { assert.deepEqual(foundIn(approved, now), found); });
    }

    for (const key of TEXTS) {
        it(`is told for null below ${key}, which is no field that is left out`, () => {
            const found = foundIn({ x: { [key]: { b: "1" } } }, { x: { [key]: { a: null, b: "1" } } });
            assert.deepEqual(found, { [`x.${key}.a`]: ["looser", "null, which Kubernetes reads as not set", "left out", false] });
        });
    }

    for (const key of SECRETIVE) {
        it(`is told without what stands below ${key} now`, () => {
            const found = foundIn({ x: { [key]: { a: "approved" } } }, { x: { [key]: { a: "s3cr3t" } } });
            assert.deepEqual(found, { [`x.${key}.a`]: ["looser", inWords("s3cr3t"), '"approved"', false] });
        });
    }

    it("shows lists and objects by their size, and names as they are", () => {
        assert.deepEqual([shown(["x"]), shown({ a: "x" }), shown("x"), shown("x", ["spec"])], ["a list of 1", "an object", '"x"', '"x"']);
    });

    it("is asked for once, and anew where something else is approved", () => {
        const [one, other, now] = [made({ spec: { a: 1 } }), made({ spec: { a: 2 } }), made({ spec: { a: 2 } })];
        assert.equal(differencesOf(one, now, posture), differencesOf(one, now, posture));
        assert.deepEqual([differencesOf(one, now, posture).length, differencesOf(other, now, posture).length], [1, 0]);
        const quota = resource("kubernetes:core/v1:ConfigMap", "x", { metadata: { namespace: posture.loaderNamespace }, data: {} });
        const elsewhere = { ...posture, loaderNamespace: "elsewhere" };
        const more = { ...quota, props: { ...quota.props, data: { a: "b" } } };
        assert.notDeepEqual(differencesOf(quota, more, posture), differencesOf(quota, more, elsewhere));
    });
});
