import { expectedProfiles, isLoader, LOADER, mountedProfiles } from "../posture/loader";
import { describeName } from "../model/message";
import { effective, type PodHolder } from "../model/pod";
import { entries, field, type Field, fieldOf, isUnset, members } from "../model/read";
import type { Resource } from "../model/resource";
import { labelsBeyond, tolerationsBeyond } from "../model/scheduling";
import { metadata, type Stack } from "../model/stack";
import { demand } from "./kit/demand";
import { kubernetes } from "./kit/references";
import type { Violation } from "../model/violation";
import type { StackRule } from "./rule";

export const apparmorLoaded: StackRule = {
    scope: "stack",
    name: "apparmor-loaded",
    measures: ["apparmor"],
    severity: "critical",
    needs: "posture",
    description: "The profile of every pod, and every one that admission lets through, is one that the loader puts on each node where the pod may land.",
    rationale: "The kubelet refuses a pod whose profile its node hasn't got; a profile from elsewhere is one that nobody here has looked at.",
    remediation: "Name a profile that is in the ConfigMap that the loader mounts and in the loader's EXPECTED_PROFILES; let the loader tolerate what the pod tolerates, and select no fewer nodes.",
    references: [kubernetes("tutorials/security/apparmor/"), kubernetes("concepts/workloads/controllers/daemonset/#taints-and-tolerations")],
    check: (stack, posture) => {
        const loaders = stack.pods.filter((holder) => isLoader(holder, posture));
        const [loader] = loaders;
        const workloads = stack.pods.filter((holder) => !isLoader(holder, posture));
        if (loader === undefined || loaders.length > 1) {
            return workloads.map(({ resource }) => ({ resource, path: "its AppArmor profile", is: `loaded by ${String(loaders.length)} loaders`, must: `loaded by one, the DaemonSet ${LOADER.name}` }));
        }
        const expected = expectedProfiles(loader);
        const loaded = new Set(mountedProfiles(loader, stack, posture).filter((name) => expected.includes(name)));
        return [
            ...workloads.flatMap((pod) => [...unloaded(pod, loaded), ...elsewhere(stack, pod, loader)].map((violation) => ({ ...violation, resource: pod.resource }))),
            ...stack.ofKind("ConfigMap").filter((map) => metadata(map, "namespace") === posture.namespace).flatMap((map) => unloadedParameters(map, loaded)),
        ];
    },
};

function unloaded({ containers }: PodHolder, loaded: ReadonlySet<string>): Violation[] {
    return containers.flatMap((container) => {
        const name = field(effective(container, "appArmorProfile"), "localhostProfile");
        return typeof name.value === "string" && loaded.has(name.value) ? [] : [{ path: name.path, is: describeName(name.value), must: "a profile that the loader has, and expects" }];
    });
}

/** By an older profile that admission lets through, kubectl would start pods that nobody looks at here. */
function unloadedParameters(map: Resource, loaded: ReadonlySet<string>): Violation[] {
    const parameters = members(fieldOf(map.props, "data")).filter(({ key }) => key.endsWith(".profile"));
    const wrong = parameters.filter(({ value }) => typeof value !== "string" || !loaded.has(value));
    return wrong.map(({ path, value }) => ({ resource: map, path, is: describeName(value), must: "a profile that the loader has, and expects" }));
}

/** Nodes that the pod may be put on and the loader isn't. */
function elsewhere(stack: Stack, { spec }: PodHolder, loader: PodHolder): Violation[] {
    const labels = labelsBeyond(loader.spec, spec);
    const tolerations = [...entries(field(spec, "tolerations")), ...ofRuntimeClass(stack, spec)];
    const className = demand(field(spec, "runtimeClassName"), "the name of a RuntimeClass, which may add tolerations, or left out", (name) => isUnset(name) || typeof name === "string", describeName);
    return [
        ...className,
        ...(labels?.length === 0 ? [] : [{ path: field(spec, "nodeSelector").path, is: `without ${labels?.join(", ") ?? "what can't be read of the loader"}`, must: "no wider than the loader's" }]),
        ...tolerationsBeyond(loader.spec, tolerations).map(({ path }) => ({ path, is: "a toleration that the loader hasn't", must: "one that the loader has too" })),
    ];
}

/** A RuntimeClass of the stack adds its tolerations to the pod's; one of the cluster's own isn't seen here. */
function ofRuntimeClass(stack: Stack, spec: Field): Field[] {
    const name = field(spec, "runtimeClassName").value;
    return stack.ofKind("RuntimeClass").filter((each) => metadata(each, "name") === name).flatMap(({ props }) => entries(field({ path: `runtimeClass ${String(name)}`, value: props }, "scheduling", "tolerations")));
}
