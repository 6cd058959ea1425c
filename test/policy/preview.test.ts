import assert from "node:assert/strict";
import { PreviewError, resourcesIn } from "../../policy/model/preview";
import { MALFORMED, UNKNOWN } from "../../policy/model/resource";

const ROOT = "urn:pulumi:local::wikifunctions";
const PROVIDER = `${ROOT}::pulumi:providers:kubernetes::cluster`;
const QUOTA = `${ROOT}::wikifunctions:index:Sandbox$kubernetes:core/v1:ResourceQuota::sandbox`;

function step(op: string, urn: string, newState: object | undefined) {
    return { op, urn, ...(newState === undefined ? {} : { newState: { urn, ...newState } }) };
}

const provider = step("same", PROVIDER, { type: "pulumi:providers:kubernetes", inputs: { __internal: {}, context: "lab" } });
const quota = step("update", QUOTA, {
    type: "kubernetes:core/v1:ResourceQuota", inputs: { kind: "ResourceQuota" }, provider: `${PROVIDER}::1234`, protect: true, retainOnDelete: true, ignoreChanges: ["spec"], dependencies: ["urn:a"],
});

function read(steps: readonly object[], same = 1) {
    return resourcesIn(JSON.stringify({ steps, changeSummary: { same, update: 1 } }));
}

describe("policy: the JSON of a preview", () => {
    it("becomes the same resources that a policy sees, and the options that it doesn't see", () => {
        assert.deepEqual(read([provider, quota]), [
            { urn: PROVIDER, type: "pulumi:providers:kubernetes", name: "cluster", props: { context: "lab" }, options: { protect: false, ignoreChanges: [], deleteBeforeReplace: false, retainOnDelete: false }, dependencies: [] },
            {
                urn: QUOTA, type: "kubernetes:core/v1:ResourceQuota", name: "sandbox", props: { kind: "ResourceQuota" },
                options: { protect: true, ignoreChanges: ["spec"], deleteBeforeReplace: false, retainOnDelete: true },
                provider: { urn: PROVIDER, type: "pulumi:providers:kubernetes", name: "cluster", props: { context: "lab" } },
                dependencies: ["urn:a"],
            },
        ]);
    });

    it("holds no resource that will be gone, and each only once", () => {
        const gone = [step("delete", QUOTA, undefined), step("delete-replaced", QUOTA, { type: "old", inputs: {} })];
        assert.deepEqual(read([provider, ...gone]).map(({ urn }) => urn), [PROVIDER]);
        const replacing = [step("create-replacement", QUOTA, { type: "t", inputs: { a: 1 } }), step("replace", QUOTA, { type: "t", inputs: { a: 2 } }), step("delete-replaced", QUOTA, { type: "t", inputs: { a: 0 } })];
        assert.deepEqual(read([provider, ...replacing]).map(({ props }) => props), [{ context: "lab" }, { a: 2 }]);
    });

    it("marks what isn't known and what can't be read", () => {
        const inputs = { unknown: "04da6b54-80e4-46f7-96ec-b56ff0331ba9", list: ["6a19a0b0-7e62-4c92-b797-7f8e31da9cc2"], secret: { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270" } };
        assert.deepEqual(read([provider, step("create", QUOTA, { type: "t", inputs })])[1]?.props, { unknown: UNKNOWN, list: [UNKNOWN], secret: MALFORMED });
    });

    const NONE: Readonly<Record<string, string>> = {
        "no JSON": "Previewing update (local):",
        "other JSON": JSON.stringify({ version: 3, deployment: {} }),
        "streamed events": '{"sequence":1}\n{"sequence":2}',
        "a preview without what stays the same": JSON.stringify({ steps: [quota], changeSummary: { same: 49, update: 1 } }),
        "an empty preview": JSON.stringify({ steps: [], changeSummary: {} }),
    };
    for (const [what, json] of Object.entries(NONE)) {
        it(`is not ${what}`, () => {
            assert.throws(() => resourcesIn(json), (error) => error instanceof PreviewError && error.message.includes("pulumi preview --json --show-sames"));
        });
    }
});
