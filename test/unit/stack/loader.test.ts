import assert from "node:assert/strict";
import { renderProfiles } from "../../../infra/apparmor/profiles";
import { ofKind, only, run, type Registered } from "../support/program";
import { changed, valuesOf } from "../support/stacks";

describe("the AppArmor loader", () => {
    let resources: Registered[];
    before(async () => { resources = await run("local", valuesOf("local")); });
    const daemonSet = () => only(resources, "DaemonSet", "apparmor-loader").inputs;
    const container = () => daemonSet().spec.template.spec.containers[0];

    it("has every profile as an entry of its own, under its name in the kernel", () => {
        assert.deepEqual(only(resources, "ConfigMap", "apparmor-profiles-*").inputs.data, Object.fromEntries(renderProfiles().all.map(({ name, text }) => [name, text])));
    });

    it("expects all of them, so that a new profile rolls it", () => {
        assert.deepEqual(container().env, [{ name: "EXPECTED_PROFILES", value: renderProfiles().all.map(({ name }) => name).join(" ") }]);
    });

    it("is ready by its own check", () => {
        assert.deepEqual(container().readinessProbe.exec.command, ["/usr/local/bin/load.sh", "ready"]);
    });

    it("has one capability and no other privilege", () => {
        assert.deepEqual(container().securityContext, {
            runAsUser: 0, runAsGroup: 0, allowPrivilegeEscalation: false, privileged: false, readOnlyRootFilesystem: true,
            capabilities: { drop: ["ALL"], add: ["MAC_ADMIN"] }, seccompProfile: { type: "RuntimeDefault" }, appArmorProfile: { type: "Unconfined" },
        });
        const { automountServiceAccountToken, hostNetwork, hostPID, hostIPC } = daemonSet().spec.template.spec;
        assert.deepEqual([automountServiceAccountToken, hostNetwork, hostPID, hostIPC], [false, undefined, undefined, undefined]);
    });

    it("sees securityfs of the node, its profiles read-only, and nothing else", () => {
        assert.deepEqual(daemonSet().spec.template.spec.volumes, [
            { name: "securityfs", hostPath: { path: "/sys/kernel/security", type: "Directory" } },
            { name: "profiles", configMap: { name: only(resources, "ConfigMap", "apparmor-profiles-*").inputs.metadata.name, defaultMode: 0o444 } },
        ]);
        assert.deepEqual(container().volumeMounts, [
            { name: "securityfs", mountPath: "/sys/kernel/security" },
            { name: "profiles", mountPath: "/etc/wikifunctions/profiles", readOnly: true },
        ]);
    });

    it("tolerates what workloads tolerate, and more if told to", async () => {
        const taint = { key: "sandbox", operator: "Exists", effect: "NoSchedule" };
        const other = { key: "gpu", operator: "Exists", effect: "NoSchedule" };
        const values = changed(changed(valuesOf("local"), "tolerations", [taint]), "apparmor.tolerations", [other]);
        const deployed = await run("local", values);
        assert.deepEqual(only(deployed, "DaemonSet", "apparmor-loader").inputs.spec.template.spec.tolerations, [taint, other]);
        for (const { inputs } of ofKind(deployed, "Deployment")) {
            assert.deepEqual(inputs.spec.template.spec.tolerations, [taint]);
        }
    });
});
