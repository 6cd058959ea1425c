import assert from "node:assert/strict";
import * as protoutil from "@pulumi/policy/protoutil";
import type { AnalyzerInfo } from "@pulumi/pulumi/proto/analyzer_pb";
import { takeNoConfiguration } from "../../policy/no-configuration";

/** What the SDK's server tells Pulumi about a pack; internal, and what `takeNoConfiguration` is about. */
const { makeAnalyzerInfo } = protoutil as unknown as { makeAnalyzerInfo(name: string, version: string, level: string, args: { policies: [] }): AnalyzerInfo };

describe("policy: configuration of the pack", () => {
    it("is declined, so that Pulumi refuses it", () => {
        const says = () => makeAnalyzerInfo("wikifunctions", "0.0.0", "mandatory", { policies: [] }).getSupportsconfig();
        assert.equal(says(), true);
        takeNoConfiguration();
        assert.equal(says(), false);
    });
});
