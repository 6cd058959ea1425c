import { describeName } from "../model/message";
import { forPod } from "../model/pod";
import { field } from "../model/read";
import { demand, unsetOr } from "./kit/demand";
import { kubernetes } from "./kit/references";
import type { ResourceRule } from "./rule";

export const scheduledNormally: ResourceRule = {
    scope: "resource",
    name: "scheduled-normally",
    measures: ["apparmor", "cpu"],
    severity: "medium",
    description: "The cluster's own scheduler places every pod.",
    rationale: "A pod with a node's name skips taints, room and priority, and can land where the AppArmor profiles aren't loaded.",
    remediation: "Remove nodeName and schedulerName; choose nodes by nodeSelector and tolerations.",
    references: [kubernetes("concepts/scheduling-eviction/assign-pod-node/#nodename")],
    check: (resource) =>
        forPod(resource, ({ spec }) => [
            ...demand(field(spec, "nodeName"), "left out", unsetOr(""), describeName),
            ...demand(field(spec, "schedulerName"), '"default-scheduler" or left out', unsetOr("", "default-scheduler"), describeName),
            ...demand(field(spec, "os", "name"), '"linux" or left out', unsetOr("linux")),
        ]),
};
