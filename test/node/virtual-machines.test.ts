import { skip } from "../missing";

/** What Kata Containers, and Firecracker through it, ask for; https://github.com/kata-containers/kata-containers/blob/main/docs/install/README.md */
const NEEDED = "virtual machines within the node: KVM that nests, and Kata's runtime with its guest's kernel, which are no Go modules";

describe("Kata Containers and Firecracker, on a node", () => {
    for (const runtime of ["Kata Containers", "Firecracker"]) {
        it(`run the evaluators on ${runtime}`, function () {
            skip(this, `the evaluators on ${runtime}`, NEEDED, `a cluster that has a RuntimeClass of ${runtime}: see runtimeClasses in Pulumi.yaml`);
        });
    }
});
