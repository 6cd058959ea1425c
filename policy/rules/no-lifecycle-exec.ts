import { isLoader } from "../posture/loader";
import { forEachContainer } from "../model/pod";
import { field } from "../model/read";
import { forbid } from "./kit/demand";
import { kubernetes } from "./kit/references";
import type { ResourceRule } from "./rule";

const HOOKS = ["postStart", "preStop"];
const PROBES = ["livenessProbe", "readinessProbe", "startupProbe"];

export const noLifecycleExec: ResourceRule = {
    scope: "resource",
    name: "no-lifecycle-exec",
    measures: ["no-privilege-escalation", "time-limit"],
    severity: "medium",
    description: "No hook and no probe of the sandbox runs a command in the container.",
    rationale: "A command of a hook or probe runs beside the service, outside its pool, its time limits and its log, as often as the kubelet is told.",
    remediation: "Probe with httpGet or tcpSocket; let the service itself handle the signal to stop.",
    references: [kubernetes("concepts/containers/container-lifecycle-hooks/")],
    check: (resource, posture) =>
        forEachContainer(resource, (container) => [
            ...HOOKS.flatMap((hook) => forbid(field(container, "lifecycle", hook, "exec"))),
            // Whether its profiles are in the kernel, only the loader itself can say.
            ...(isLoader(container.pod, posture) ? [] : PROBES.flatMap((probe) => forbid(field(container, probe, "exec")))),
        ]),
};
