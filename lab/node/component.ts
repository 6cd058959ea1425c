import path from "node:path";
import type { Component } from "../cluster/components";
import type { Layout } from "../cluster/layout";
import { qemu, qemuEnvironment } from "./qemu";
import { prepareNode, settingsIn } from "./settings";

/** Milliseconds for qemu to end; the node itself isn't asked. */
const PATIENCE = 5000;

function commandLine({ directory, run, port, node }: Layout): readonly [string, ...string[]] {
    if (node === undefined) {
        throw new Error("a cluster without a node has no machine to start");
    }
    const { disk, accelerator, console, settings } = settingsIn(directory);
    return qemu({
        image: node.image,
        disk,
        accelerator: accelerator(),
        console,
        network: { apiServer: port, kubelet: node.kubelet, control: path.join(run, "node.qmp"), settings },
    });
}

/** A virtual machine with containerd, kubelet, kube-proxy and an engine for NetworkPolicies. */
export const NODE: Component = {
    name: "node",
    after: "API server",
    patience: PATIENCE,
    prepare: prepareNode,
    program: (layout) => commandLine(layout)[0],
    args: (layout) => commandLine(layout).slice(1),
    env: ({ node }) => qemuEnvironment(node?.image ?? ""),
};
