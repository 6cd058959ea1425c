import { forPod } from "../model/pod";
import { fieldOf } from "../model/read";
import { demand, unsetOr } from "./kit/demand";
import { kubernetes } from "./kit/references";
import type { ResourceRule } from "./rule";

export const noPausedRollouts: ResourceRule = {
    scope: "resource",
    name: "no-paused-rollouts",
    measures: ["admission"],
    severity: "high",
    description: "What a Deployment says reaches its pods.",
    rationale: "The pods of a paused Deployment stay as they were, while every preview judges what they would be.",
    remediation: "Remove paused from the Deployment.",
    references: [kubernetes("concepts/workloads/controllers/deployment/#pausing-and-resuming-a-deployment")],
    check: (resource) => forPod(resource, () => demand(fieldOf(resource.props, "spec", "paused"), "false or left out", unsetOr(false))),
};
