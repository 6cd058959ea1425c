import assert from "node:assert/strict";
import { loaderPodTemplate } from "../../../infra/apparmor/pod";
import { MALFORMED, UNKNOWN, type Value } from "../../../policy/model/resource";
import { isObject } from "../../../policy/model/read";
import { apparmorLoader } from "../../../policy/rules/apparmor-loader";
import { goodLoader } from "../apparmor/loader";
import { posture } from "../fixtures";
import { ANNOTATIONS, change, CONTAINER, CONTEXT, judge, POD, POD_CONTEXT } from "../harness";

const SCRIPT = "/usr/local/bin/load.sh";
const PROBE = `${CONTAINER}.readinessProbe`;
const STRATEGY = "spec.updateStrategy";
const [SECURITYFS, PROFILES] = [`${POD}.volumes[0]`, `${POD}.volumes[1]`];
const [AT_SECURITYFS, AT_PROFILES] = [`${CONTAINER}.volumeMounts[0]`, `${CONTAINER}.volumeMounts[1]`];

judge(apparmorLoader, {
    good: goodLoader,
    passes: {
        "the default strategy": [[STRATEGY, undefined]],
        "one node at a time": [[`${STRATEGY}.rollingUpdate.maxUnavailable`, 1]],
        ...Object.fromEntries(["1%", "9%", "19%", "25%"].map((share) => [`${share} of the nodes at a time`, [[`${STRATEGY}.rollingUpdate.maxUnavailable`, share]] as const])),
        "what is so by default": [
            [`${CONTAINER}.terminationMessagePath`, "/dev/termination-log"], [`${CONTAINER}.terminationMessagePolicy`, "File"], [`${CONTEXT}.procMount`, "Default"],
            [`${CONTEXT}.privileged`, false], [`${CONTEXT}.runAsGroup`, 0], [`${POD}.restartPolicy`, "Always"], [`${POD}.schedulerName`, "default-scheduler"],
            ...["hostNetwork", "hostPID", "hostIPC", "shareProcessNamespace", "setHostnameAsFQDN"].map((name) => [`${POD}.${name}`, false] as const),
            [`${STRATEGY}.type`, "RollingUpdate"], [`${PROBE}.successThreshold`, 1], [`${AT_SECURITYFS}.readOnly`, false], [`${CONTAINER}.imagePullPolicy`, "IfNotPresent"],
        ],
        "no preemption, said once more": [[`${POD}.preemptionPolicy`, "Never"]],
        "the widest bounds of its check of readiness": [
            [`${PROBE}.initialDelaySeconds`, 60], [`${PROBE}.periodSeconds`, 60], [`${PROBE}.timeoutSeconds`, 60], [`${PROBE}.failureThreshold`, 3], [`${PROFILES}.configMap.defaultMode`, 0o777],
        ],
        "the narrowest ones": [
            [`${PROBE}.initialDelaySeconds`, 0], [`${PROBE}.periodSeconds`, 1], [`${PROBE}.timeoutSeconds`, 1], [`${PROBE}.failureThreshold`, 1], [`${PROFILES}.configMap.defaultMode`, 0o400],
        ],
        "the system of its nodes": [[`${POD}.os`, { name: "linux" }]],
        "an image that is always fetched": [[`${CONTAINER}.imagePullPolicy`, "Always"]],
        "tolerations and selected nodes, which other rules judge": [[`${POD}.tolerations`, [{ operator: "Exists" }]], [`${POD}.nodeSelector`, { "kubernetes.io/os": "linux" }]],
        "another image, which another rule judges": [[`${CONTAINER}.image`, "x"]],
        "another name, for which it isn't the loader": [["metadata.name", "other"], [`${CONTAINER}.command`, ["sh"]]],
    },
    blocks: {
        "another system": [`${POD}.os`, { name: "windows" }, `${POD}.os.name`],
        "another command": [`${CONTAINER}.command`, ["sh", "-c"], `${CONTAINER}.command[0]`],
        "another verb": [`${CONTAINER}.command[1]`, "ready"],
        "an extra verb": [`${CONTAINER}.command`, [SCRIPT, "run", "x"]],
        "the image's command": [`${CONTAINER}.command`, undefined],
        "arguments": [`${CONTAINER}.args`, ["x"]],
        "an empty list of arguments": [`${CONTAINER}.args`, []],
        "a hook": [`${CONTAINER}.lifecycle`, { preStop: { exec: { command: ["sh"] } } }],
        "a working directory": [`${CONTAINER}.workingDir`, "/sys"],
        "an input": [`${CONTAINER}.stdin`, true],
        "a terminal": [`${CONTAINER}.tty`, true],
        "another termination message": [`${CONTAINER}.terminationMessagePath`, "/sys/kernel/security/apparmor/.replace"],
        "a port": [`${CONTAINER}.ports`, [{ containerPort: 1 }]],
        "a second container": [`${POD}.containers[1]`, { name: "x" }, `${POD}.containers`],
        "an init container": [`${POD}.initContainers`, [{ name: "x" }]],
        "no profile expected": [`${CONTAINER}.env`, undefined],
        "an empty expectation": [`${CONTAINER}.env[0].value`, ""],
        "an unreadable expectation": [`${CONTAINER}.env[0].value`, "x; y"],
        "another variable": [`${CONTAINER}.env[1]`, { name: "SECURITYFS", value: "/tmp" }, `${CONTAINER}.env`],
        "another variable in its place": [`${CONTAINER}.env[0].name`, "PROFILES_DIR"],
        "a variable from elsewhere": [`${CONTAINER}.env[0].valueFrom`, { configMapKeyRef: { name: "x", key: "y" } }],
        "variables from elsewhere": [`${CONTAINER}.envFrom`, [{ configMapRef: { name: "x" } }]],
        "another check of readiness": [`${PROBE}.exec.command`, ["true"]],
        "a readiness that is always there": [PROBE, undefined],
        "a readiness by port": [PROBE, { tcpSocket: { port: 1 } }, `${PROBE}.exec`],
        "a readiness by port beside": [`${PROBE}.httpGet`, { port: 1 }],
        "a readiness that outlasts failures": [`${PROBE}.failureThreshold`, 100],
        "a readiness looked at once an hour": [`${PROBE}.periodSeconds`, 3600],
        "a readiness looked at by parts of a second": [`${PROBE}.periodSeconds`, 1.5],
        "a readiness that takes its time": [`${PROBE}.initialDelaySeconds`, 3600],
        "a liveness that kills it": [`${CONTAINER}.livenessProbe`, { exec: { command: ["false"] } }],
        "a startup that never ends": [`${CONTAINER}.startupProbe`, { exec: { command: ["false"] } }],
        "another capability": [`${CONTEXT}.capabilities.add`, ["MAC_ADMIN", "SYS_ADMIN"]],
        "another capability in its place": [`${CONTEXT}.capabilities.add[0]`, "SYS_ADMIN"],
        "capabilities kept": [`${CONTEXT}.capabilities.drop[0]`, "NET_RAW"],
        "privileges": [`${CONTEXT}.privileged`, true],
        "an unmasked /proc": [`${CONTEXT}.procMount`, "Unmasked"],
        "a user who can't load": [`${CONTEXT}.runAsUser`, 900],
        "another context of the pod": [`${POD_CONTEXT}.sysctls`, [{ name: "x", value: "y" }]],
        "a shell in the pod's context": [`${POD_CONTEXT}.fsGroup`, 0],
        "the node's network": [`${POD}.hostNetwork`, true],
        "the node's processes": [`${POD}.hostPID`, true],
        "another host path": [`${SECURITYFS}.hostPath.path`, "/"],
        "a host path to be made": [`${SECURITYFS}.hostPath.type`, "DirectoryOrCreate"],
        "a host path in place of the profiles": [`${POD}.volumes[1]`, { name: "profiles", hostPath: { path: "/etc/apparmor.d" } }, `${PROFILES}.configMap`],
        "profiles from another ConfigMap": [`${PROFILES}.configMap.name`, "other"],
        "profiles from a ConfigMap whose profiles may change": [`${PROFILES}.configMap.name`, "apparmor-profiles"],
        "profiles from a ConfigMap with another ending": [`${PROFILES}.configMap.name`, "apparmor-profiles-0123456789abc"],
        "some of the profiles": [`${PROFILES}.configMap.items`, [{ key: "x", path: "y" }]],
        "profiles that may be missing": [`${PROFILES}.configMap.optional`, true],
        "a volume of several sources": [`${POD}.volumes[1]`, { name: "profiles", projected: { sources: [] } }, `${PROFILES}.configMap`],
        "another volume": [`${POD}.volumes[2]`, { name: "x", emptyDir: { sizeLimit: "1Mi" } }, `${POD}.volumes`],
        "securityfs elsewhere": [`${AT_SECURITYFS}.mountPath`, "/mnt"],
        "securityfs as it was": [`${AT_SECURITYFS}.readOnly`, true],
        "profiles elsewhere": [`${AT_PROFILES}.mountPath`, "/usr/local/bin"],
        "profiles that can be written": [`${AT_PROFILES}.readOnly`, false],
        "a part of the volume": [`${AT_PROFILES}.subPath`, "x"],
        "propagation": [`${AT_SECURITYFS}.mountPropagation`, "Bidirectional"],
        "another mount": [`${CONTAINER}.volumeMounts[2]`, { name: "securityfs", mountPath: "/x" }, `${CONTAINER}.volumeMounts`],
        "affinity": [`${POD}.affinity`, { nodeAffinity: {} }],
        "one node": [`${POD}.nodeName`, "x"],
        "another scheduler": [`${POD}.schedulerName`, "x"],
        "a runtime that has its own kernel": [`${POD}.runtimeClassName`, "kata"],
        "a low priority": [`${POD}.priorityClassName`, "wikifunctions-sandbox"],
        "updates by hand": [`${STRATEGY}.type`, "OnDelete"],
        "updates of all nodes at once": [`${STRATEGY}.rollingUpdate.maxUnavailable`, "100%"],
        ...Object.fromEntries(["0%", "26%", "125%", "25%%", "25"].map((share) => [`updates of ${share} of the nodes at once`, [`${STRATEGY}.rollingUpdate.maxUnavailable`, share] as const])),
        "an image that is never fetched": [`${CONTAINER}.imagePullPolicy`, "Never"],
        "updates of many nodes at once": [`${STRATEGY}.rollingUpdate.maxUnavailable`, 50],
        "two loaders on a node": [`${STRATEGY}.rollingUpdate.maxSurge`, 1],
        "a wait before it counts": ["spec.minReadySeconds", 3600],
        "a spec that can't be read": ["spec", UNKNOWN],
        "an image that can't be read": [`${CONTAINER}.image`, MALFORMED],
    },
});

/** The program's own pod, as a preview has it. */
const template = structuredClone(loaderPodTemplate({ labels: {}, image: "x", profiles: ["wikifunctions-evaluator-lua-0123456789ab"], nodeSelector: {}, tolerations: [] })) as Value;

judge(apparmorLoader, { good: { ...change(goodLoader, "spec.template", template), name: "loader of the program" }, blocks: { "another verb": [`${CONTAINER}.command[1]`, "ready"] } });

/** The paths of everything in a value that has a value. */
function placesIn(value: Value, path: string): string[] {
    const inner = Array.isArray(value) ? value.map((entry, index): [string, Value] => [`${path}[${String(index)}]`, entry]) : isObject(value) ? Object.entries(value).map(([key, entry]): [string, Value] => [`${path}.${key}`, entry]) : [];
    return [path, ...inner.flatMap(([at, entry]) => placesIn(entry, at))];
}

describe("policy: apparmor-loader and what isn't known yet", () => {
    /** Read by other rules only, down to the last value. */
    const OTHERS = [/\.selector\./, /\.metadata\.labels\./, /\.resources\./, /\.(seccompProfile|appArmorProfile)\./];

    it("refuses it wherever it looks", () => {
        const places = placesIn(goodLoader.props["spec"], "spec").filter((place) => !OTHERS.some((pattern) => pattern.test(place)));
        assert.ok(places.length > 50);
        assert.deepEqual(places.filter((place) => apparmorLoader.check(change(goodLoader, place, UNKNOWN), posture).length === 0), []);
        assert.notDeepEqual(apparmorLoader.check(change(goodLoader, ANNOTATIONS, UNKNOWN), posture), []);
    });
});
