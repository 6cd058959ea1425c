import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { Config } from "./config/schema";
import { COMMON_LABELS } from "./names";

export type RuntimeClassesArgs = Pick<Config, "runtimeClasses">;

/** Sandboxed container runtimes (gVisor, Kata) that evaluators may ask for. Those without a handler are the cluster's own. */
export class RuntimeClasses extends pulumi.ComponentResource {
    public constructor(name: string, { runtimeClasses }: RuntimeClassesArgs, options: pulumi.ComponentResourceOptions) {
        super("wikifunctions:index:RuntimeClasses", name, {}, options);
        for (const [className, { handler, overhead, nodeSelector }] of Object.entries(runtimeClasses)) {
            if (handler !== undefined) {
                new k8s.node.v1.RuntimeClass(className, {
                    metadata: { name: className, labels: COMMON_LABELS },
                    handler,
                    ...(overhead === undefined ? {} : { overhead: { podFixed: overhead } }),
                    ...(nodeSelector === undefined ? {} : { scheduling: { nodeSelector } }),
                }, { parent: this });
            }
        }
        this.registerOutputs();
    }
}
