import assert from "node:assert/strict";
import { runtimeCalled } from "../../policy/model/runtimes";

describe("policy: container runtimes", () => {
    it("are known by what their handlers are called", () => {
        const names = ["runsc", "gvisor", "runsc-kvm", "kata", "kata-qemu", "kata-fc", "kata-firecracker", "firecracker", "firecracker-x"];
        assert.deepEqual(names.map(runtimeCalled), ["gvisor", "gvisor", "gvisor", "kata", "kata", "firecracker", "firecracker", "firecracker", "firecracker"]);
    });

    it("are none by any other name", () => {
        assert.deepEqual(["runc", "", "xrunsc", "runscx", "my-kata", "katana", "crun"].map(runtimeCalled), Array(7).fill(undefined));
    });
});
