import { knownProvider } from "../../policy/rules/known-provider";
import { provider } from "./fixtures";
import { judge } from "./harness";

judge(knownProvider, {
    good: provider,
    passes: {
        "server-side apply, as Node.js says it": [["enableServerSideApply", "true"]],
        "a kubeconfig of its own": [["kubeconfig", "/etc/kubeconfig"]],
    },
    blocks: {
        "no context": ["context", undefined],
        "manifests written to a folder": ["renderYamlToDirectory", "/tmp/out"],
        "client-side apply": ["enableServerSideApply", "false"],
        "an unreachable cluster skipped": ["skipUpdateUnreachable", "true"],
        "a namespace of its own": ["namespace", "default"],
    },
});
