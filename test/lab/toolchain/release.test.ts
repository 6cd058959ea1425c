import assert from "node:assert/strict";
import { goModOf, kubernetes, RELEASE, releaseOf } from "../../../lab/toolchain/release";
import { KUBERNETES } from "../../../lab/toolchain/modules";

const RELEASED = `module k8s.io/kubernetes

go 1.22.0

require (
	k8s.io/api v0.0.0
	k8s.io/client-go v0.0.0
)

replace (
	k8s.io/api => ./staging/src/k8s.io/api
	k8s.io/client-go => ./staging/src/k8s.io/client-go
	example.org/fork => example.org/other v1.0.0
)
`;

describe("the toolchain: other releases of Kubernetes", () => {
    it("are none unless one is named", async () => {
        assert.equal(await kubernetes({}), KUBERNETES);
        assert.equal(await kubernetes({ [RELEASE]: "" }), KUBERNETES);
    });

    it("are modules that require the release, with its parts of the same one", () => {
        assert.equal(goModOf(RELEASED, "v1.30.14"), "module lab/kubernetes\n\ngo 1.22.0\n\nrequire k8s.io/kubernetes v1.30.14\n\nreplace (\n\tk8s.io/api => k8s.io/api v0.30.14\n\tk8s.io/client-go => k8s.io/client-go v0.30.14\n)\n");
    });

    for (const text of ["1.30.14", "v1.30", "v2.0.0", "latest", "../v1.30.14"]) {
        it(`aren't called ${text}`, async () => {
            assert.throws(() => releaseOf(text), { message: `"${text}" is no release of Kubernetes; it must be one as v1.30.14.` });
            await assert.rejects(kubernetes({ [RELEASE]: text }), /is no release of Kubernetes/);
        });
    }
});
