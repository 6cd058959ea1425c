import assert from "node:assert/strict";
import type { Resource, Value } from "../../../../policy/model/resource";
import { withHash } from "../../../../policy/model/apparmor/name";
import { asDeployed } from "../../../../policy/posture/approved/as-deployed";
import { configMapOf } from "../../../../policy/posture/loader";
import { resource } from "../../fixtures";

const PLAIN = "wikifunctions-x";
const HASHED = withHash(PLAIN, "text");
const of = (kind: string, props: Record<string, Value>): Resource => resource(`kubernetes:core/v1:${kind}`, "x", props);
const profiles = of("ConfigMap", { metadata: { name: "apparmor-profiles" }, data: { [PLAIN]: "text", other: 1 } });

describe("policy: approved objects as they would be deployed", () => {
    it("have the hashes of the texts wherever a whole word is a name", () => {
        const [, user] = asDeployed([profiles, of("Pod", { one: `localhost/${PLAIN} localhost/other ${PLAIN}`, list: [PLAIN, 1], [PLAIN]: "x", near: `${PLAIN}-y` })]);
        assert.deepEqual(user?.props, { one: `localhost/${HASHED} localhost/other ${HASHED}`, list: [HASHED, 1], [HASHED]: "x", near: `${PLAIN}-y` });
    });

    it("have the ConfigMap of profiles under the hash of their names", () => {
        assert.deepEqual(asDeployed([profiles])[0]?.props, { metadata: { name: configMapOf([HASHED]) }, data: { [HASHED]: "text", other: 1 } });
    });

    const STRAYS: Readonly<Record<string, Resource>> = {
        "another kind under that name": { ...profiles, type: "kubernetes:core/v1:Secret" },
        "a ConfigMap of another name": of("ConfigMap", { metadata: { name: "x" }, data: profiles.props["data"] }),
        "a ConfigMap without a name": of("ConfigMap", { data: profiles.props["data"] }),
        "a ConfigMap of that name without texts": of("ConfigMap", { metadata: { name: "apparmor-profiles" } }),
    };
    for (const [what, stray] of Object.entries(STRAYS)) {
        it(`have no names from ${what}`, () => {
            const [made, user] = asDeployed([stray, of("Pod", { one: PLAIN, map: "apparmor-profiles" })]);
            assert.deepEqual(user?.props, { one: PLAIN, map: configMapOf([]) });
            assert.deepEqual(made?.props["data"], stray.props["data"]);
        });
    }
});
