import type { Call } from "../../../lab/cluster/api";

export type Person = Pick<Call, "as" | "groups">;

const ACCOUNTS = "system:serviceaccount:kube-system:";
const CONTROLLERS = [
    "daemon-set-controller", "deployment-controller", "disruption-controller", "generic-garbage-collector", "horizontal-pod-autoscaler", "namespace-controller",
    "node-controller", "pod-garbage-collector", "replicaset-controller", "resourcequota-controller", "service-controller", "taint-eviction-controller",
] as const;

export const NETWORK_PLUGIN = "a-network-plugin";

/** Who tries, all with an administrator's rights: what is refused is refused by admission. */
export const PEOPLE: Readonly<Record<string, Person>> = {
    administrator: { as: "someone" },
    deployer: {},
    node: { as: "system:node:somewhere", groups: ["system:nodes"] },
    "node-by-name": { as: "system:node:somewhere" },
    "network-plugin": { as: NETWORK_PLUGIN },
    scheduler: { as: "system:kube-scheduler" },
    "api-server": { as: "system:apiserver" },
    "controllers-together": { as: "system:kube-controller-manager" },
    "another-account": { as: `${ACCOUNTS}default` },
    "an-account-elsewhere": { as: "system:serviceaccount:default:deployment-controller" },
    ...Object.fromEntries(CONTROLLERS.map((name) => [name, { as: `${ACCOUNTS}${name}` }])),
};
