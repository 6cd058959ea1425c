import { isLoader } from "../posture/loader";
import { describeName } from "../model/message";
import { forPod } from "../model/pod";
import { entries, field } from "../model/read";
import { serviceOf } from "../posture/service";
import { demand, isEmpty, oneOf } from "./kit/demand";
import { kubernetes } from "./kit/references";
import type { ResourceRule } from "./rule";

const NOBODY = "127.0.0.1";

export const noDnsForEvaluators: ResourceRule = {
    scope: "resource",
    name: "no-dns-for-evaluators",
    measures: ["network"],
    severity: "high",
    needs: "posture",
    description: "No pod of the sandbox uses the cluster's resolver, and only the orchestrator has a resolver at all, the one that is approved.",
    rationale: "A resolver that forwards questions carries data out of the sandbox in the names it is asked for, past every NetworkPolicy.",
    remediation: `Set dnsPolicy to None and dnsConfig.nameservers to ["${NOBODY}"], where nothing listens; the orchestrator has one approved nameserver instead.`,
    references: [kubernetes("concepts/services-networking/dns-pod-service/#pod-s-dns-policy")],
    check: (resource, posture) =>
        forPod(resource, (pod) => {
            if (isLoader(pod, posture)) {
                return [];
            }
            const mayAsk = serviceOf(pod, posture)?.role === "orchestrator";
            const servers = field(pod.spec, "dnsConfig", "nameservers");
            return [
                ...demand(field(pod.spec, "dnsPolicy"), '"None"', oneOf("None")),
                ...demand(servers, "a list of one", (list) => Array.isArray(list) && list.length === 1),
                ...(mayAsk ? [] : entries(servers).flatMap((server) => demand(server, `"${NOBODY}"`, oneOf(NOBODY), describeName))),
                ...demand(field(pod.spec, "dnsConfig", "searches"), "left out", isEmpty),
            ];
        }),
};
