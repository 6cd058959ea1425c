import { UNKNOWN } from "../../../policy/model/resource";
import { noHostNamespaces } from "../../../policy/rules/no-host-namespaces";
import { evaluator } from "../fixtures";
import { CONTAINER, judge, POD } from "../harness";

judge(noHostNamespaces, {
    good: evaluator,
    passes: {
        "the fields said to be false": [[`${POD}.hostNetwork`, false], [`${POD}.shareProcessNamespace`, false], [`${POD}.hostUsers`, false]],
        "hosts that are empty, which mean none": [[`${CONTAINER}.ports[0].hostIP`, ""], [`${CONTAINER}.readinessProbe.httpGet.host`, ""]],
        "a host port of 0, which means none": [[`${CONTAINER}.ports[0].hostPort`, 0]],
    },
    blocks: {
        "the node's network": [`${POD}.hostNetwork`, true],
        "the node's network, perhaps": [`${POD}.hostNetwork`, UNKNOWN],
        "the node's processes": [`${POD}.hostPID`, true],
        "the node's interprocess communication": [`${POD}.hostIPC`, true],
        "the node's users": [`${POD}.hostUsers`, true],
        "processes shared among containers": [`${POD}.shareProcessNamespace`, true],
        "names of its own for other hosts": [`${POD}.hostAliases`, [{ ip: "10.0.0.1", hostnames: ["www.example.org"] }]],
        "a port of the node": [`${CONTAINER}.ports[0].hostPort`, 8080],
        "an address of the node": [`${CONTAINER}.ports[0].hostIP`, "10.0.0.1"],
        "a probe of another host": [`${CONTAINER}.readinessProbe.httpGet.host`, "10.0.0.1"],
        "a probe of another host by TCP": [`${CONTAINER}.livenessProbe.tcpSocket.host`, "10.0.0.1"],
        "a first probe of another host": [`${CONTAINER}.startupProbe.httpGet.host`, "10.0.0.1"],
        "a hook that calls another host after the start": [`${CONTAINER}.lifecycle.postStart.httpGet.host`, "10.0.0.1"],
        "a hook that calls another host": [`${CONTAINER}.lifecycle.preStop.httpGet.host`, "10.0.0.1"],
    },
});
