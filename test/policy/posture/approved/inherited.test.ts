import assert from "node:assert/strict";
import type { Value } from "../../../../policy/model/resource";
import { asContainersHaveIt } from "../../../../policy/posture/approved/inherited";
import { resource } from "../../fixtures";

const pod = (containers: Value, securityContext: Value = { runAsUser: 900, fsGroup: 1 }): Value => ({ template: { spec: { securityContext, containers } } });
const whole = (spec: Value): Value => asContainersHaveIt(resource("kubernetes:apps/v1:Deployment", "x", { spec }));

describe("policy: what containers have from their pod", () => {
    it("is said in each of them that doesn't say it itself", () => {
        const before = pod([{ name: "a" }, { name: "b", securityContext: { runAsUser: 901 } }, { name: "c", securityContext: null }]);
        const after = [900, 901, 900].map((runAsUser, index) => ({ name: "abc"[index], securityContext: { runAsUser } }));
        assert.deepEqual(whole(before), { spec: pod(after) });
    });

    it("is left as it is where it can't be read", () => {
        const unreadable: readonly Value[] = [pod(["x", { securityContext: "x" }]), pod("x"), pod([{ name: "a" }], "x"), "x", { template: "x" }];
        assert.deepEqual(unreadable.map(whole), unreadable.map((spec) => ({ spec })));
    });
});
