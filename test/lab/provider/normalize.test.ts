import assert from "node:assert/strict";
import { normalize } from "../../../lab/provider/normalize";
import type { Values } from "../../../lab/provider/values";

const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const pod = (spec: Values): Values => ({ apiVersion: "v1", kind: "Pod", spec });

/** Inputs, and what is left of them. */
const CASES: Readonly<Record<string, readonly [Values, Values]>> = {
    "a quantity in another spelling": [pod({ containers: [{ resources: { limits: { cpu: 1, memory: "1024Mi" } } }] }), pod({ containers: [{ resources: { limits: { cpu: "1", memory: "1Gi" } } }] })],
    "false where it is the same as unset": [pod({ hostNetwork: false, containers: [{ tty: false }] }), pod({ containers: [{}] })],
    "false where it isn't": [pod({ automountServiceAccountToken: false }), pod({ automountServiceAccountToken: false })],
    "true": [pod({ hostNetwork: true }), pod({ hostNetwork: true })],
    "empty text and lists": [pod({ hostname: "", tolerations: [], containers: [] }), pod({ containers: [] })],
    "empty text that differs from none": [pod({ runtimeClassName: "" }), pod({ runtimeClassName: "" })],
    "an empty map that is a choice": [pod({ volumes: [{ emptyDir: {} }] }), pod({ volumes: [{ emptyDir: {} }] })],
    "an empty map of the user's own keys": [{ apiVersion: "v1", kind: "ConfigMap", metadata: { labels: {} }, data: {} }, { apiVersion: "v1", kind: "ConfigMap", metadata: {} }],
    "an empty value under the user's own key": [{ apiVersion: "v1", kind: "ConfigMap", data: { a: "" } }, { apiVersion: "v1", kind: "ConfigMap", data: { a: "" } }],
    "a Secret's text": [{ apiVersion: "v1", kind: "Secret", data: { a: "MQ==", b: "MQ==" }, stringData: { b: "2" } }, { apiVersion: "v1", kind: "Secret", data: { a: "MQ==", b: "Mg==" } }],
    "a custom resource": [{ apiVersion: "example.org/v1", kind: "Widget", spec: { hostNetwork: false, resources: { limits: { cpu: "1000m" } } } }, { apiVersion: "example.org/v1", kind: "Widget", spec: { hostNetwork: false, resources: { limits: { cpu: "1000m" } } } }],
    "inputs with an unknown": [pod({ hostNetwork: false, hostname: UNKNOWN }), pod({ hostNetwork: false, hostname: UNKNOWN })],
    "what only the API server writes": [{ apiVersion: "v1", kind: "Pod", metadata: { name: "a", uid: "1", resourceVersion: "2", managedFields: [] } }, { apiVersion: "v1", kind: "Pod", metadata: { name: "a" } }],
    "a selector of labels, and one of its own kind": [{ apiVersion: "v1", kind: "Service", spec: { selector: {} } }, { apiVersion: "v1", kind: "Service", spec: {} }],
    "the empty selector of all pods": [{ apiVersion: "networking.k8s.io/v1", kind: "NetworkPolicy", spec: { podSelector: {}, ingress: [] } }, { apiVersion: "networking.k8s.io/v1", kind: "NetworkPolicy", spec: { podSelector: {} } }],
};

describe("inputs as the API server would give them back", () => {
    for (const [what, [inputs, normal]] of Object.entries(CASES)) {
        it(what, () => { assert.deepEqual(normalize(inputs), normal); });
    }
});
