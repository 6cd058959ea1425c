import { UNKNOWN } from "../../../policy/model/resource";
import { namespacePodSecurity } from "../../../policy/rules/namespace-pod-security";
import { loaderNamespace, namespace } from "../fixtures";
import { quota } from "../good-stack";
import { judge } from "../harness";

const LABELS = "metadata.labels";
const [ENFORCE, AUDIT, WARN] = ["enforce", "audit", "warn"].map((mode) => `${LABELS}["pod-security.kubernetes.io/${mode}"]`) as [string, string, string];
const VERSION = `${LABELS}["pod-security.kubernetes.io/enforce-version"]`;

judge(
    namespacePodSecurity,
    {
        good: namespace,
        passes: {
            "a version that is recent": [[VERSION, "v1.30"]],
            "a version of the future": [[VERSION, "v1.100"]],
            "a label more": [[`${LABELS}["team"]`, "abstract"]],
        },
        blocks: {
            "the baseline level": [ENFORCE, "baseline"],
            "no level": [ENFORCE, undefined],
            "a level of null": [ENFORCE, null],
            "an unknown level": [ENFORCE, UNKNOWN],
            "a level of another case": [ENFORCE, "Restricted"],
            "a level with a space": [ENFORCE, "restricted "],
            "a level in a list": [ENFORCE, ["restricted"]],
            "nothing recorded": [AUDIT, undefined],
            "no warnings": [WARN, "privileged"],
            "no labels": [LABELS, undefined, ENFORCE],
            "unknown labels": [LABELS, UNKNOWN, ENFORCE],
            "labels that are a text": [LABELS, "restricted", ENFORCE],
            "unknown metadata": ["metadata", UNKNOWN, ENFORCE],
            "an old version": [VERSION, "v1.29"],
            "the first version": [VERSION, "v1.0"],
            "a version with a patch": [VERSION, "v1.30.1"],
            "a version with a leading zero": [VERSION, "v1.030"],
            "a version after something else": [VERSION, "xv1.30"],
            "a version without its v": [VERSION, "1.30"],
            "another major version": [VERSION, "v2.30"],
            "no version": [VERSION, undefined],
            "an unknown version": [VERSION, UNKNOWN],
            "an old version of the audit": [`${LABELS}["pod-security.kubernetes.io/audit-version"]`, "v1.25"],
            "an old version of the warnings": [`${LABELS}["pod-security.kubernetes.io/warn-version"]`, "v1.25"],
        },
    },
    {
        good: loaderNamespace,
        blocks: {
            "another name": ["metadata.name", "wikifunctions", ENFORCE],
            "an unknown name": ["metadata.name", UNKNOWN, ENFORCE],
            "no name": ["metadata.name", undefined, ENFORCE],
            "a name of another case": ["metadata.name", "Wikifunctions-Apparmor", ENFORCE],
        },
    },
    { good: { ...namespace, type: "kubernetes:core/v1:NamespacePatch", name: "patch" }, blocks: { "the privileged level": [ENFORCE, "privileged"] } },
    { good: { ...namespace, type: "kubernetes:core/v1:ConfigMap", name: "disguise" }, blocks: { "the privileged level": [ENFORCE, "privileged"] } },
    { good: quota, blocks: { "a kind that says Namespace": ["kind", "Namespace", ENFORCE] } },
);
