import assert from "node:assert/strict";
import { clusterIdIn, PreviewError, resourcesIn } from "../../policy/model/preview";
import { MALFORMED, UNKNOWN } from "../../policy/model/resource";
import { unknownArrayValue, unknownBooleanValue, unknownObjectValue, unknownStringValue } from "./sdk";

const ROOT = "urn:pulumi:local::wikifunctions";
const PROVIDER = `${ROOT}::pulumi:providers:kubernetes::cluster`;
const QUOTA = `${ROOT}::wikifunctions:index:Sandbox$kubernetes:core/v1:ResourceQuota::sandbox`;

const OPTIONS = {
    protect: true, retainOnDelete: true, ignoreChanges: ["spec"], aliases: ["urn:b"], additionalSecretOutputs: ["data"], deletedWith: "urn:c", replaceOnChanges: ["*"],
};
const NO_OPTIONS = {
    protect: false, ignoreChanges: [], deleteBeforeReplace: false, aliases: [], customTimeouts: {}, additionalSecretOutputs: [],
    retainOnDelete: false, deletedWith: "", replaceOnChanges: [], others: [],
};

function step(op: string, urn: string, newState: object | undefined) {
    return { op, urn, ...(newState === undefined ? {} : { newState: { urn, ...newState } }) };
}

const provider = step("same", PROVIDER, { type: "pulumi:providers:kubernetes", inputs: { __internal: {}, context: "lab" } });
const quota = step("update", QUOTA, {
    type: "kubernetes:core/v1:ResourceQuota", inputs: { kind: "ResourceQuota" }, provider: `${PROVIDER}::1234`, ...OPTIONS, customTimeouts: { create: 600, update: 0, delete: "5m" }, dependencies: ["urn:a"],
});

/** What stands for a value of each sort, from the SDK's rpc.ts; the last is what the engine prints. */
const UNKNOWNS: Readonly<Record<string, string>> = {
    "boolean": unknownBooleanValue,
    "number": "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
    "text": unknownStringValue,
    "list": unknownArrayValue,
    "asset": "030794c1-ac77-496b-92df-f27374a8bd58",
    "archive": "e48ece36-62e2-4504-bad9-02848725956a",
    "object": unknownObjectValue,
    "value of any sort": "[unknown]",
};

function read(steps: readonly object[], same = 1) {
    return resourcesIn(JSON.stringify({ steps, changeSummary: { same, update: 1 } }));
}

describe("policy: the JSON of a preview", () => {
    it("becomes the same resources that a policy sees, and the options that it doesn't see", () => {
        assert.deepEqual(read([provider, quota]), [
            { urn: PROVIDER, type: "pulumi:providers:kubernetes", name: "cluster", props: { context: "lab" }, options: NO_OPTIONS, dependencies: [] },
            {
                urn: QUOTA, type: "kubernetes:core/v1:ResourceQuota", name: "sandbox", props: { kind: "ResourceQuota" },
                options: { ...NO_OPTIONS, ...OPTIONS, customTimeouts: { create: 600 } },
                provider: { urn: PROVIDER, type: "pulumi:providers:kubernetes", name: "cluster", props: { context: "lab" } },
                dependencies: ["urn:a"],
            },
        ]);
    });

    it("tells where a provider's plugin comes from", () => {
        const elsewhere = step("same", PROVIDER, { type: "pulumi:providers:kubernetes", inputs: { __internal: { pluginDownloadURL: "https://plugins.example.org" } } });
        assert.deepEqual(read([elsewhere])[0]?.options.others, ["pluginDownloadURL"]);
    });

    it("tells every option that isn't known here by its name, where it is set", () => {
        const odd = step("same", QUOTA, { type: "t", inputs: {}, replacementTrigger: "x", hideDiff: ["spec"], replaceWith: [], viewOf: "", refreshBeforeUpdate: false, importID: null, weight: 5 });
        const plugin = step("same", PROVIDER, { type: "pulumi:providers:kubernetes", inputs: { __internal: { envVarMappings: { CI: "PULUMI_K8S_SKIP" }, pluginChecksums: {} } } });
        assert.deepEqual(read([odd, plugin]).map(({ options }) => options.others), [["replacementTrigger", "hideDiff", "weight"], ["envVarMappings"]]);
    });

    it("tells no option of what the engine keeps of a resource beside them", () => {
        const place = { id: "sandbox", parent: `${ROOT}::wikifunctions:index:Sandbox::sandbox`, sourcePosition: "project:///index.ts#1,1", stackTrace: [{ sourcePosition: "x" }] };
        const past = { created: "2026-01-01T00:00:00Z", modified: "2026-01-01T00:00:00Z", initErrors: ["x"], taint: true, pendingReplacement: true, delete: true };
        const kept = step("same", QUOTA, { type: "t", inputs: {}, custom: true, outputs: { a: 1 }, propertyDependencies: { a: ["urn:a"] }, ...place, ...past });
        assert.deepEqual(read([kept])[0]?.options, NO_OPTIONS);
    });

    it("tells the cluster's id of the stack's config", () => {
        const json = (config: object) => JSON.stringify({ config, steps: [] });
        assert.deepEqual([clusterIdIn(json({ "wikifunctions:clusterId": "a-b" })), clusterIdIn(json({})), clusterIdIn(json({ "wikifunctions:clusterId": 7 }))], ["a-b", undefined, undefined]);
    });

    it("holds no resource that will be gone, and each only once", () => {
        const gone = [step("delete", QUOTA, undefined), step("delete-replaced", QUOTA, { type: "old", inputs: {} })];
        assert.deepEqual(read([provider, ...gone]).map(({ urn }) => urn), [PROVIDER]);
        const replacing = [step("create-replacement", QUOTA, { type: "t", inputs: { a: 1 } }), step("replace", QUOTA, { type: "t", inputs: { a: 2 } }), step("delete-replaced", QUOTA, { type: "t", inputs: { a: 0 } })];
        assert.deepEqual(read([provider, ...replacing]).map(({ props }) => props), [{ context: "lab" }, { a: 2 }]);
    });

    it("holds no resource of any step that takes away or gives up, nor of one that isn't readable", () => {
        const gone = ["delete", "delete-replaced", "discard", "discard-replaced", "remove-pending-replace"].map((op) => step(op, QUOTA, { type: "t", inputs: {} }));
        const unreadable = [null, "create", step("create", QUOTA, undefined), { op: "create", newState: { type: "t" } }] as object[];
        assert.deepEqual(read([provider, ...gone, ...unreadable]).map(({ urn }) => urn), [PROVIDER]);
    });

    it("holds nothing that the program only looks up in the cluster", () => {
        assert.deepEqual(["read", "replace"].flatMap((op) => read([provider, step(op, QUOTA, { type: "t", inputs: {}, external: true })]).map(({ urn }) => urn)), [PROVIDER, PROVIDER]);
        assert.deepEqual(read([provider, step("create", QUOTA, { type: "t", inputs: {}, external: false })]).map(({ urn }) => urn), [PROVIDER, QUOTA]);
    });

    it("is read where parts are missing or out of the ordinary", () => {
        const [made, bare] = read([provider, step("create", `${ROOT}::t::a::b`, { provider: "x::y" }), step("create", `${ROOT}::t::c`, { provider: `${ROOT}::pulumi:providers:kubernetes::other::1` })]).slice(1);
        assert.deepEqual([made?.name, made?.type, made?.props, made?.dependencies, made?.provider], ["a::b", "", {}, [], { urn: "x", type: "", name: "", props: {} }]);
        assert.deepEqual(bare?.provider, { urn: `${ROOT}::pulumi:providers:kubernetes::other`, type: "pulumi:providers:kubernetes", name: "other", props: {} });
    });

    for (const [sort, mark] of Object.entries(UNKNOWNS)) {
        it(`marks an unknown ${sort}`, () => {
            assert.deepEqual(read([provider, step("create", QUOTA, { type: "t", inputs: { a: { b: [mark] } } })])[1]?.props, { a: { b: [UNKNOWN] } });
        });
    }

    it("marks what isn't known and what can't be read", () => {
        const inputs = { unknown: "04da6b54-80e4-46f7-96ec-b56ff0331ba9", list: ["6a19a0b0-7e62-4c92-b797-7f8e31da9cc2"], secret: { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270" } };
        assert.deepEqual(read([provider, step("create", QUOTA, { type: "t", inputs })])[1]?.props, { unknown: UNKNOWN, list: [UNKNOWN], secret: MALFORMED });
    });

    const NONE: Readonly<Record<string, string>> = {
        "no JSON": "Previewing update (local):",
        "other JSON": JSON.stringify({ version: 3, deployment: {} }),
        "streamed events": '{"sequence":1}\n{"sequence":2}',
        "a preview without what stays the same": JSON.stringify({ steps: [quota], changeSummary: { same: 49, update: 1 } }),
        "a preview with but some of what stays the same": JSON.stringify({ steps: [provider, quota], changeSummary: { same: 2 } }),
        "a preview with as many changes as there should be things that stay the same": JSON.stringify({ steps: [quota, quota], changeSummary: { same: 2, update: 2 } }),
        "null": "null",
        "a list": "[]",
        "an empty preview": JSON.stringify({ steps: [], changeSummary: {} }),
    };
    for (const [what, json] of Object.entries(NONE)) {
        it(`is not ${what}`, () => {
            assert.throws(() => resourcesIn(json), (error) => error instanceof PreviewError && error.message.includes("pulumi preview --json --show-sames"));
        });
    }
});
