import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { loadConfig } from "../../../infra/config";
import { changed, entriesOf, valuesOf } from "../support/stacks";

describe("loading the configuration", () => {
    before(() => pulumi.runtime.setMocks({ call: () => ({}), newResource: () => assert.fail("a resource was registered") }, "wikifunctions", "local"));

    it("reads what Pulumi hands over", () => {
        pulumi.runtime.setAllConfig(entriesOf(valuesOf("local")));
        assert.equal(loadConfig().kubeContext, "wikifunctions-lab");
    });

    it("stops with an error that Pulumi prints without a stack trace", () => {
        pulumi.runtime.setAllConfig(entriesOf(changed(valuesOf("local"), "orchestrator.replicas", -1)));
        assert.throws(loadConfig, (error) => pulumi.RunError.isInstance(error) && error.message === [
            "Pulumi.local.yaml has 1 problem, so nothing was contacted:",
            "wikifunctions:orchestrator.replicas is -1; allowed: a whole number from 0 to 50",
        ].join("\n"));
    });
});
