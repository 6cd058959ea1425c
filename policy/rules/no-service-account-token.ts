import { forPod, kindOfType } from "../model/pod";
import { field, fieldOf, isUnset } from "../model/read";
import { describeName } from "../model/message";
import { demand, isEmpty, oneOf } from "./kit/demand";
import { cis, kubernetes } from "./kit/references";
import type { ResourceRule } from "./rule";

export const noServiceAccountToken: ResourceRule = {
    scope: "resource",
    name: "no-service-account-token",
    measures: ["no-privilege-escalation", "network"],
    severity: "high",
    description: "No pod gets a token for the Kubernetes API, and each runs under a service account of its own.",
    rationale: "A token is a key to the cluster's API in reach of user code; the default account collects rights that others were given.",
    remediation: "Set automountServiceAccountToken to false on the pod and on its ServiceAccount, and name that account in serviceAccountName.",
    references: [kubernetes("tasks/configure-pod-container/configure-service-account/"), cis("5.1.5"), cis("5.1.6")],
    check: (resource) => {
        const whole = fieldOf(resource.props);
        const account = kindOfType(resource.type) !== "ServiceAccount" && resource.props["kind"] !== "ServiceAccount" ? [] : [
            ...demand(field(whole, "automountServiceAccountToken"), "false", oneOf(false)),
            ...demand(field(whole, "secrets"), "left out", isEmpty),
        ];
        return [
            ...account,
            ...forPod(resource, ({ spec }) => {
                const name = field(spec, "serviceAccountName").value;
                return [
                    ...demand(field(spec, "automountServiceAccountToken"), "false", oneOf(false)),
                    ...demand(field(spec, "serviceAccountName"), "a service account of the workload's own", isOwnAccount, describeName),
                    ...demand(field(spec, "serviceAccount"), "left out", (old) => isUnset(old) || old === "" || old === name, describeName),
                ];
            }),
        ];
    },
};

function isOwnAccount(name: unknown): boolean {
    return typeof name === "string" && name !== "" && name !== "default";
}
