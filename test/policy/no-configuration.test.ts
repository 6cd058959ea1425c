import assert from "node:assert/strict";
import * as protoutil from "@pulumi/policy/protoutil";
import { ConfigureAnalyzerRequest, PolicyConfig, type AnalyzerInfo } from "@pulumi/pulumi/proto/analyzer_pb";
import { takeNoConfiguration } from "../../policy/no-configuration";

/** What the SDK's server tells Pulumi about a pack; internal, and what `takeNoConfiguration` is about. */
const { makeAnalyzerInfo } = protoutil as unknown as { makeAnalyzerInfo(name: string, version: string, level: string, args: { policies: [] }): AnalyzerInfo };

/** A rule's level, as it comes from whoever sends it. */
function sent(): Uint8Array {
    const request = new ConfigureAnalyzerRequest();
    request.getPolicyconfigMap().set("read-only-root", new PolicyConfig());
    return request.serializeBinary();
}
const SENT = sent();
/** How many levels the SDK's server reads in it. */
const received = (): number => ConfigureAnalyzerRequest.deserializeBinary(SENT).getPolicyconfigMap().getLength();

describe("policy: configuration of the pack", () => {
    it("is declined, so that Pulumi refuses it", () => {
        const says = () => makeAnalyzerInfo("wikifunctions", "0.0.0", "mandatory", { policies: [] }).getSupportsconfig();
        assert.equal(says(), true);
        takeNoConfiguration();
        assert.equal(says(), false);
    });

    it("is nothing to the SDK's server where somebody sends it all the same", () => {
        assert.ok(SENT.length > 0);
        takeNoConfiguration();
        assert.equal(received(), 0);
    });
});
