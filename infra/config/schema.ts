import { z } from "zod";
import { bytes, cpu, flag, integer, labels, name, object, text, tolerations } from "./fields";
import { image, registry } from "./image";
import { caller, dns, gateway, scraper } from "./peer";
import { deployers, NOBODY, people } from "./people";
import { evaluators, orchestrator } from "./services";

const RESERVED = /^(orchestrator|evaluator|evaluator-.*|dns|scraper)$/;

/** Parties named by the stack; their names go into the names of NetworkPolicies, beside those of the program's own parties. */
function parties<Party extends z.ZodType>(party: Party) {
    const partyName = name.refine((value) => !RESERVED.test(value), { error: "a name that is none of the program's own: orchestrator, evaluator-…, dns, scraper" });
    return z.record(partyName, party, { error: "an object of named parties" });
}

const amounts = object({ cpu, memory: bytes });
const allAmounts = { cpu, memory: bytes, ephemeralStorage: bytes };

/** `handler` is what the node's container runtime calls it; a class without one is the cluster's own and only referred to. */
const runtimeClass = object({ handler: name.optional(), overhead: amounts.optional(), nodeSelector: labels.optional() });
export type RuntimeClassConfig = z.output<typeof runtimeClass>;

/** The types that Pod Security Admission's restricted level admits and that confine. */
const SELINUX_TYPES = ["", "container_t", "container_kvm_t"] as const;

/** What identifies a cluster, and how to get it. */
export const CLUSTER_ID = "the uid of the cluster's namespace kube-system (kubectl get namespace kube-system -o jsonpath={.metadata.uid})";

/** Every key under `wikifunctions:`. Top-level defaults stand in Pulumi.yaml, which declares the same keys. */
export const schema = z.strictObject({
    kubeContext: text(/^\S(.*\S)?$/, "the name of a context in the kubeconfig"),
    clusterId: text(/^([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})?$/, `${CLUSTER_ID}, or "" for any cluster`),
    namespace: name,
    imageRegistry: registry,
    requireDigests: flag,
    orchestrator,
    evaluators,
    gateways: parties(gateway),
    callers: parties(caller),
    scraper,
    dns,
    quota: object({ ...allAmounts, pods: integer(1, 500) }),
    limitRange: object({ container: object(allAmounts), pod: object(allAmounts) }),
    apparmor: object({
        namespace: name.default("wikifunctions-apparmor"),
        image,
        nodeSelector: labels.default({}),
        tolerations: tolerations.default([]),
    }),
    admission: object({ deployers, previewers: people.default(NOBODY), networkPlugins: people.default(NOBODY) }),
    nodeSelector: labels,
    tolerations,
    runtimeClasses: z.record(name, runtimeClass, { error: "an object of RuntimeClasses by name" }),
    seLinuxType: z.enum(SELINUX_TYPES, { error: `one of ${SELINUX_TYPES.map((type) => `"${type}"`).join(", ")}` }),
    waitForRollouts: flag,
    rolloutTimeoutSeconds: integer(10, 3600, " seconds"),
    protect: flag,
});

export type Config = z.output<typeof schema>;
