import { loader, profileOf } from "../fixtures";
import { change, CONTAINER, POD } from "../harness";

const EDITS = [
    ["spec.updateStrategy", { type: "RollingUpdate", rollingUpdate: { maxUnavailable: "25%" } }],
    [`${POD}.priorityClassName`, "system-node-critical"],
    [`${CONTAINER}.command`, ["/usr/local/bin/load.sh", "run"]],
    [`${CONTAINER}.env`, [{ name: "EXPECTED_PROFILES", value: [profileOf("evaluator-python")[0], profileOf("orchestrator")[0]].join(" ") }]],
    [`${CONTAINER}.readinessProbe`, { exec: { command: ["/usr/local/bin/load.sh", "ready"] }, periodSeconds: 5, timeoutSeconds: 5, failureThreshold: 1 }],
    [`${CONTAINER}.volumeMounts`, [{ name: "securityfs", mountPath: "/sys/kernel/security" }, { name: "profiles", mountPath: "/etc/wikifunctions/profiles", readOnly: true }]],
] as const;

/** The loader with all that its own rule asks for, expecting the profiles of the fixtures' services. */
export const goodLoader = EDITS.reduce((resource, [path, to]) => change(resource, path, structuredClone(to) as never), loader);
