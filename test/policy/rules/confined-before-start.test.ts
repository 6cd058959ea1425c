import { confinedBeforeStart } from "../../../policy/rules/confined-before-start";
import { loaderNamespace, namespace, resource } from "../fixtures";
import { after, evaluator, goodStack, limitRange, loader, loaderDefaultDeny, orchestrator, priorityClass, profiles, quota } from "../good-stack";
import { add, cut, judgeStack, remove, replace } from "../harness";

const DEPENDS = "dependsOn";
const secondQuota = { ...quota, urn: `${quota.urn}-2`, name: "second" };
const nakedPod = resource("kubernetes:core/v1:Pod", "naked", { apiVersion: "v1", kind: "Pod", metadata: { name: "naked", namespace: "wikifunctions" }, spec: { containers: [] } });
const component = resource("wikifunctions:index:Guard", "guard", {});

judgeStack(confinedBeforeStart, {
    good: goodStack,
    passes: {
        "a measure that comes first by way of a component": [cut(evaluator, loader), add(after(component, loader)), replace(evaluator, after(evaluator, component))],
        "a second quota that comes first too": [add(secondQuota), replace(evaluator, after(evaluator, secondQuota)), replace(orchestrator, after(orchestrator, secondQuota))],
        "a quota of another namespace that comes whenever it likes": [add({ ...secondQuota, props: { ...quota.props, metadata: { name: "x", namespace: "default" } } })],
        "no workloads": [remove(evaluator, orchestrator)],
    },
    blocks: {
        "an evaluator that doesn't wait for the quota": [[cut(evaluator, quota)], DEPENDS, evaluator],
        "an evaluator that doesn't wait for the limit range": [[cut(evaluator, limitRange)], DEPENDS, evaluator],
        "an evaluator that doesn't wait for the priority class": [[cut(evaluator, priorityClass)], DEPENDS, evaluator],
        "an evaluator that doesn't wait for the loader": [[cut(evaluator, loader)], DEPENDS, evaluator],
        "an evaluator that waits for the profiles, but not until they are loaded": [[replace(evaluator, { ...evaluator, dependencies: [...evaluator.dependencies.filter((urn) => urn !== loader.urn), profiles.urn] })], DEPENDS, evaluator],
        "an orchestrator that doesn't wait for the loader": [[cut(orchestrator, loader)], DEPENDS, orchestrator],
        "a loader that doesn't wait for its profiles": [[cut(loader, profiles)], DEPENDS, evaluator],
        "nothing that waits for the loader's namespace": [[cut(profiles, loaderNamespace), cut(loaderDefaultDeny, loaderNamespace), (stack) => stack.map((made) => ({ ...made, dependencies: made.name === "apparmor-loader" ? made.dependencies.filter((urn) => !urn.includes("ServiceAccount")) : made.dependencies }))], DEPENDS, evaluator],
        "nothing that waits for the namespace": [[(stack) => stack.map((made) => ({ ...made, dependencies: made.dependencies.filter((urn) => urn !== namespace.urn) }))], DEPENDS, evaluator],
        "a quota that waits for the evaluator instead": [[cut(evaluator, quota), replace(quota, after(quota, evaluator))], DEPENDS, evaluator],
        "a second quota that comes late": [[add(secondQuota)], DEPENDS, orchestrator],
        "an evaluator that waits for a patch of the quota": [[cut(evaluator, quota), add({ ...secondQuota, type: "kubernetes:core/v1:ResourceQuotaPatch" }), replace(evaluator, after({ ...evaluator, dependencies: evaluator.dependencies.filter((urn) => urn !== quota.urn) }, secondQuota))], DEPENDS, evaluator],
        "a pod of another kind that waits for nothing": [[add(nakedPod)], DEPENDS, nakedPod],
        "a loader by another name that waits for nothing": [[add({ ...loader, urn: `${loader.urn}-2`, name: "other", dependencies: [], props: { ...loader.props, metadata: { name: "other", namespace: "wikifunctions-apparmor" } } })], DEPENDS, { ...loader, urn: `${loader.urn}-2` }],
        "workloads that wait for nothing": [[(stack) => stack.map((made) => ({ ...made, dependencies: [] }))], DEPENDS, orchestrator],
    },
});
