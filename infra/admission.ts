import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { connectionsPolicy } from "./admission/connections";
import { loaderPolicy } from "./admission/loader";
import { clusterObjectsPolicy, objectsPolicy } from "./admission/objects";
import { PARAMETERS, parametersOf } from "./admission/parameters";
import { podsPolicy } from "./admission/pods";
import type { AdmissionPolicy } from "./admission/render";
import { replicasPolicy, servicesPolicy } from "./admission/services";
import type { Profiles } from "./apparmor/profiles";
import type { Config } from "./config/schema";
import { COMMON_LABELS } from "./names";

export interface AdmissionArgs {
    readonly config: Config;
    readonly profiles: Profiles;
    readonly priorityClass: string;
}

/** All policies of a stack, without the sandbox's namespace before their names. */
export function policiesOf({ config, priorityClass }: AdmissionArgs): AdmissionPolicy[] {
    return [
        podsPolicy(config),
        servicesPolicy(config),
        replicasPolicy(config),
        loaderPolicy(config),
        connectionsPolicy(config),
        objectsPolicy(config),
        clusterObjectsPolicy(config, priorityClass),
    ];
}

/**
 * What a preview may not do, the API server refuses by itself: to anybody who goes past Pulumi, and to the deployers too where it is about
 * pods. Needs Kubernetes 1.30, which is the first to have ValidatingAdmissionPolicies as a matter of course.
 */
export class Admission extends pulumi.ComponentResource {
    public constructor(name: string, args: AdmissionArgs, options: pulumi.ComponentResourceOptions) {
        super("wikifunctions:index:Admission", name, {}, options);
        const { namespace } = args.config;
        const after = { parent: this, dependsOn: options.dependsOn };
        const parameters = new k8s.core.v1.ConfigMap(name, {
            metadata: { name: PARAMETERS, namespace, labels: COMMON_LABELS },
            data: parametersOf(args.config, args.profiles, args.priorityClass),
        }, after);
        for (const { name: policyName, spec } of policiesOf(args)) {
            const metadata = { name: `${namespace}-${policyName}`, labels: COMMON_LABELS };
            const policy = new k8s.admissionregistration.v1.ValidatingAdmissionPolicy(`${name}-${policyName}`, { metadata, spec }, after);
            new k8s.admissionregistration.v1.ValidatingAdmissionPolicyBinding(`${name}-${policyName}`, {
                metadata,
                spec: {
                    policyName: metadata.name,
                    validationActions: ["Deny", "Audit"],
                    ...(spec.paramKind === undefined ? {} : { paramRef: { name: PARAMETERS, namespace, parameterNotFoundAction: "Deny" } }),
                },
            }, { ...after, dependsOn: [policy, parameters] });
        }
        this.registerOutputs();
    }
}
