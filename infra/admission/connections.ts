import type { Config } from "../config/schema";
import { policyOf, resources, type AdmissionPolicy } from "./render";

/** Nobody gets into a pod, of the sandbox or of the profile loader: `kubectl exec`, `attach`, `port-forward`, `proxy` and `debug` run no check that a preview makes. */
export function connectionsPolicy({ namespace, apparmor }: Pick<Config, "namespace" | "apparmor">): AdmissionPolicy {
    return policyOf({
        name: "connections",
        namespaces: [namespace, apparmor.namespace],
        rules: [
            // Whatever there is to connect to, and will be.
            { ...resources("*", ["CONNECT"], "*/*"), scope: "Namespaced" },
            resources("", ["CREATE", "UPDATE"], "pods/ephemeralcontainers"),
        ],
        validations: [["false", "nobody gets into a pod here: no exec, attach, port-forward, proxy or debug container"]],
    });
}
