import type { Config } from "../config/schema";
import { notPreviews } from "./people";
import { policyOf, resources, type AdmissionPolicy, type Named, type Validation } from "./render";
import { CHANGED, POD, POD_HOLDERS } from "./template";

/** What a service deploys, by the names of `parameters.ts`. */
const fact = (name: string): string => `params.data[variables.service + '.${name}']`;
const optional = (name: string): string => `params.data[?variables.service + '.${name}']`;

const VARIABLES: readonly Named[] = [
    ...POD,
    ["service", "variables.pod.?metadata.?labels[?'app.kubernetes.io/instance'].orValue('')"],
    ["container", "variables.containers[0]"],
    ["context", "variables.spec.securityContext"],
];

const LIMITS = [["cpu", "cpu"], ["memory", "memory"], ["ephemeral-storage", "ephemeralStorage"]] as const;
const NUMBER = "'^[0-9]{1,15}$'";
const APPARMOR = "container.apparmor.security.beta.kubernetes.io/";

const VALIDATIONS: readonly Validation[] = [
    [`${optional("role")}.hasValue()`, "the label app.kubernetes.io/instance has to name one of the stack's services"],
    [
        `variables.pod.metadata.labels[?'app.kubernetes.io/component'].orValue('') == ${fact("role")} && variables.container.name == ${fact("role")}`,
        "the label app.kubernetes.io/component and the container's name have to be the service's role",
    ],
    ["request.kind.kind != 'Deployment' || object.metadata.name == variables.service", "a Deployment has to be called what its pods are labelled"],
    ["variables.spec.?serviceAccountName.orValue('') == variables.service", "serviceAccountName has to be the service's own"],
    ["variables.spec.?priorityClassName.orValue('') == params.data.priorityClass", "priorityClassName has to be the sandbox's"],
    [`variables.spec.?runtimeClassName.orValue('') == ${optional("runtimeClass")}.orValue('')`, "runtimeClassName has to be what the stack runs the service on"],
    [`dyn(variables.spec.?dnsConfig.orValue({})) == dyn({'nameservers': [${fact("nameserver")}]})`, "dnsConfig has to name the service's resolver, and nothing else"],
    [
        `variables.container.image.startsWith(${fact("image")} + '@sha256:') || (params.data.requireDigests == 'false' && variables.container.image.startsWith(${fact("image")} + ':')) || (params.data.requireDigests == 'true' && variables.container.image.startsWith(${fact("image")} + ':') && variables.container.image.contains('@sha256:'))`,
        "image has to be the service's from the approved registry, pinned by digest where the stack requires it",
    ],
    [
        `[variables.context, variables.container.securityContext].all(context, context.appArmorProfile.localhostProfile == ${fact("profile")})`,
        "appArmorProfile has to be the one that the stack loads for the service, on the pod and on the container",
    ],
    [
        `variables.pod.metadata.?annotations.orValue({}).all(key, !key.startsWith('${APPARMOR}') || (key == '${APPARMOR}' + variables.container.name && variables.pod.metadata.annotations[key] == 'localhost/' + ${fact("profile")}))`,
        "the AppArmor annotation has to say what appArmorProfile says",
    ],
    ...LIMITS.map(([amount, name]): Validation => [
        `quantity(variables.container.resources.limits['${amount}']).compareTo(quantity(${fact(name)})) <= 0`,
        `limits of ${amount} have to be what the stack gives the service at most`,
    ]),
    [
        `variables.container.?env.orValue([]).all(variable, (variables.service + '.env.' + variable.name) in params.data)`,
        "the environment has only variables that the program sets",
    ],
    [
        `variables.container.?env.orValue([]).all(variable, !params.data[?variables.service + '.env.' + variable.name].orValue('').matches(${NUMBER}) || (variable.?value.orValue('').matches(${NUMBER}) && int(variable.value) <= int(params.data[variables.service + '.env.' + variable.name])))`,
        "time limits and other bounds in the environment have to be what the stack sets at most",
    ],
    [
        `params.data.all(key, !key.startsWith(variables.service + '.env.') || !params.data[key].matches(${NUMBER}) || variables.container.?env.orValue([]).filter(variable, variables.service + '.env.' + variable.name == key).size() == 1)`,
        "time limits and other bounds have to be set in the environment, once each",
    ],
];

/** Each pod is one of the stack's services, with its image, profile, account and class, and within its bounds. */
export function servicesPolicy({ namespace, admission }: Pick<Config, "namespace" | "admission">): AdmissionPolicy {
    return policyOf({ name: "services", namespaces: [namespace], rules: POD_HOLDERS, conditions: [notPreviews(admission), CHANGED], variables: VARIABLES, validations: VALIDATIONS, takesParameters: true });
}

/** A service has as many pods as the stack gives it at most, `kubectl scale` included. */
export function replicasPolicy({ namespace, admission }: Pick<Config, "namespace" | "admission">): AdmissionPolicy {
    return policyOf({
        name: "replicas",
        namespaces: [namespace],
        rules: [resources("apps", ["CREATE", "UPDATE"], "deployments", "deployments/scale")],
        conditions: [notPreviews(admission), ["more-replicas", "oldObject == null || object.spec.?replicas.orValue(0) > oldObject.spec.?replicas.orValue(0)"]],
        validations: [["object.spec.?replicas.orValue(0) <= int(params.data[?object.metadata.name + '.replicas'].orValue('0'))", "replicas have to be what the stack gives the service at most"]],
        takesParameters: true,
    });
}
