import { isLoader, LOADER } from "../model/loader";
import { effective } from "../model/pod";
import { describeName } from "../model/message";
import { field, isObject } from "../model/read";
import { metadata } from "../model/stack";
import { kubernetes } from "./references";
import type { StackRule } from "./rule";

export const apparmorLoaded: StackRule = {
    scope: "stack",
    name: "apparmor-loaded",
    measures: ["apparmor"],
    severity: "critical",
    needs: "posture",
    description: "The profile of every pod is one that the loader puts on the nodes.",
    rationale: "The kubelet refuses a pod whose profile its node hasn't got; a profile from elsewhere is one that nobody here has looked at.",
    remediation: "Name a profile that is a key of the ConfigMap apparmor-profiles.",
    references: [kubernetes("tutorials/security/apparmor/")],
    check: (stack, posture) => {
        const loaded = new Set(stack.ofKind("ConfigMap")
            .filter((map) => metadata(map, "namespace") === posture.loaderNamespace && metadata(map, "name") === LOADER.configMap)
            .flatMap((map) => (isObject(map.props["data"]) ? Object.keys(map.props["data"]) : [])));
        return stack.pods.filter((holder) => !isLoader(holder, posture)).flatMap(({ resource, containers }) => containers.flatMap((container) => {
            const name = field(effective(container, "appArmorProfile"), "localhostProfile");
            return typeof name.value === "string" && loaded.has(name.value) ? [] : [{ resource, path: name.path, is: describeName(name.value), must: "a profile that the loader has" }];
        }));
    },
};
