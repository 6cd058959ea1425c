import { isLoader, LOADER } from "../posture/loader";
import { describe, describeName } from "../model/message";
import { forEachContainer, forPod } from "../model/pod";
import { parseQuantity } from "../model/quantity";
import { entries, field, isObject, isUnset, members, type Field } from "../model/read";
import { demand, forbid, oneOf, unsetOr } from "./kit/demand";
import { cis, POD_SECURITY_RESTRICTED } from "./kit/references";
import type { Violation } from "../model/violation";
import type { ResourceRule } from "./rule";

/** Sources that show a pod nothing but its own, secret-free configuration, and scratch space of a bounded size. */
const SOURCES = ["configMap", "downwardAPI", "emptyDir", "projected"];
const PROJECTED = ["configMap", "downwardAPI"];

export const volumeTypes: ResourceRule = {
    scope: "resource",
    name: "volume-types",
    measures: ["read-only-root", "apparmor"],
    severity: "critical",
    description: "Volumes show configuration or are scratch space of a bounded size; nothing of the node, no secret, no network storage.",
    rationale: "A path of the node is a way out of the container, a secret or token in a volume is in reach of user code, and scratch space without a limit fills the node.",
    remediation: `Use ${SOURCES.join(", ")} only: emptyDir with a sizeLimit, projected with ${PROJECTED.join(" or ")}, mounts without subPath or propagation.`,
    references: [POD_SECURITY_RESTRICTED, cis("5.2.12"), cis("5.4.1")],
    check: (resource, posture) => [
        ...forPod(resource, (pod) => entries(field(pod.spec, "volumes")).flatMap((volume) => sourcesOf(volume, isLoader(pod, posture)))),
        ...forEachContainer(resource, (container) =>
            entries(field(container, "volumeMounts")).flatMap((mount) => [
                ...demand(field(mount, "subPath"), "left out", unsetOr("")),
                ...demand(field(mount, "subPathExpr"), "left out", unsetOr("")),
                ...demand(field(mount, "mountPropagation"), '"None" or left out', unsetOr("None")),
            ]),
        ),
    ],
};

function sourcesOf(volume: Field, ofLoader: boolean): Violation[] {
    const sources = members(volume).filter(({ key, value }) => key !== "name" && !isUnset(value));
    return sources.length === 0 ? [{ path: volume.path, is: "an emptyDir by default, without a limit", must: "a stated source" }] : sources.flatMap((source) => sourceOf(source, ofLoader));
}

function sourceOf(source: Field & { readonly key: string }, ofLoader: boolean): Violation[] {
    if (ofLoader && source.key === "hostPath") {
        return [
            ...demand(field(source, "path"), LOADER.securityfs, oneOf(LOADER.securityfs), describeName),
            ...demand(field(source, "type"), '"Directory"', oneOf("Directory")),
        ];
    }
    if (!SOURCES.includes(source.key)) {
        return [{ path: source.path, is: describe(source.value), must: `a volume of another sort: ${SOURCES.join(", ")}` }];
    }
    if (source.key === "emptyDir") {
        return demand(field(source, "sizeLimit"), "a quantity above zero", (size) => (parseQuantity(size) ?? 0n) > 0n);
    }
    const known = demand(source, "an object", isObject);
    const projected = source.key === "projected" ? entries(field(source, "sources")).flatMap((each) => members(each)) : [];
    return [...known, ...projected.filter(({ key }) => !PROJECTED.includes(key)).flatMap((each) => forbid(each))];
}
