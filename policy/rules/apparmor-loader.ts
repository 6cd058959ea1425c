import { isLoader, LOADER } from "../model/loader";
import { describe } from "../model/message";
import { forPod, type PodHolder } from "../model/pod";
import { entries, field, isUnset, type Field } from "../model/read";
import type { Value } from "../model/resource";
import { forbid } from "./demand";
import { kubernetes } from "./references";
import type { ResourceRule, Violation } from "./rule";

/** What the loader's pod has to be, by path below its spec. Image, rights and resources have rules of their own. */
const SPEC: readonly (readonly [path: readonly (string | number)[], must: Value])[] = [
    [["containers", 0, "name"], LOADER.name],
    [["containers", 0, "command"], [...LOADER.command]],
    [["containers", 0, "args"], undefined],
    [["containers", 0, "readinessProbe", "exec", "command"], [...LOADER.ready]],
    [["containers", 0, "lifecycle"], undefined],
    [["containers", 0, "envFrom"], undefined],
    [["containers", 1], undefined],
    [["initContainers"], undefined],
    [["priorityClassName"], LOADER.priorityClass],
    [["affinity"], undefined],
    [["nodeName"], undefined],
    [["volumes", 2], undefined],
];
const MOUNTS: Readonly<Record<string, string>> = { securityfs: LOADER.securityfs, profiles: LOADER.profiles };

export const apparmorLoader: ResourceRule = {
    scope: "resource",
    name: "apparmor-loader",
    measures: ["apparmor"],
    severity: "critical",
    description: "The profile loader runs its own script and nothing else, sees securityfs and the profiles and nothing else, and is updated node by node.",
    rationale: "It is the one pod with root and a capability: whoever turns it owns every node, and whoever stops it leaves new nodes without profiles.",
    remediation: "Put the loader back to what policy/model/loader.ts says.",
    references: [kubernetes("concepts/workloads/controllers/daemonset/")],
    check: (resource, posture) => forPod(resource, (pod) => (isLoader(pod, posture) ? judge(pod) : [])),
};

function judge(pod: PodHolder): Violation[] {
    const strategy = field({ path: "", value: pod.resource.props }, "spec", "updateStrategy", "type");
    return [
        ...SPEC.flatMap(([path, must]) => exactly(field(pod.spec, ...path), must)),
        ...(isUnset(strategy.value) ? [] : exactly(strategy, "RollingUpdate")),
        ...entries(field(pod.spec, "containers", 0, "volumeMounts")).flatMap(mount),
        ...entries(field(pod.spec, "containers", 0, "env")).flatMap((variable) => [
            ...exactly(field(variable, "name"), "EXPECTED_PROFILES"),
            ...forbid(field(variable, "valueFrom")),
        ]),
    ];
}

function exactly(at: Field, must: Value): Violation[] {
    const same = must === undefined ? isUnset(at.value) : JSON.stringify(at.value) === JSON.stringify(must);
    return same ? [] : [{ path: at.path, is: describe(at.value), must: must === undefined ? "left out" : JSON.stringify(must) }];
}

function mount(at: Field): Violation[] {
    const name = field(at, "name").value;
    const path = typeof name === "string" && Object.hasOwn(MOUNTS, name) ? MOUNTS[name] : undefined;
    return path === undefined
        ? [{ path: at.path, is: "another mount", must: `one of ${Object.keys(MOUNTS).join(", ")}` }]
        : exactly(field(at, "mountPath"), path);
}
