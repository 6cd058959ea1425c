import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { Edge } from "./network/edges";
import { metadataOf, policiesOf } from "./network/policies";

export interface NetworkArgs {
    readonly namespace: string;
    readonly edges: readonly Edge[];
}

/** The NetworkPolicies that open each edge, on top of the sandbox's default deny. */
export class Network extends pulumi.ComponentResource {
    public constructor(name: string, { namespace, edges }: NetworkArgs, options: pulumi.ComponentResourceOptions) {
        super("wikifunctions:index:Network", name, {}, options);
        for (const policy of edges.flatMap(policiesOf)) {
            new k8s.networking.v1.NetworkPolicy(policy.name, { metadata: metadataOf(policy, namespace), spec: policy.spec }, { parent: this, dependsOn: options.dependsOn });
        }
        this.registerOutputs();
    }
}
