import assert from "node:assert/strict";
import { hasNames, nameIn } from "../../../../policy/posture/approved/named";

const KEYS = { containers: "name", initContainers: "name", env: "name", ports: "name", volumes: "name", volumeMounts: "mountPath", limits: "type" };

describe("policy: lists whose entries have names", () => {
    for (const [list, key] of Object.entries(KEYS)) {
        it(`are ${list}, by ${key}`, () => {
            assert.deepEqual([hasNames(list), nameIn({ [key]: "a", other: "b" }, list)], [true, "a"]);
            assert.deepEqual([{}, { [key]: 7 }, { [key]: null }, null, "a", ["a"], undefined].map((entry) => nameIn(entry, list)), Array(7).fill(undefined));
        });
    }

    it("are no others", () => {
        const others = ["args", "toString", "", "name"];
        assert.deepEqual(others.filter(hasNames), []);
        assert.deepEqual(others.map((list) => nameIn({ name: "a", "": "b", undefined: "c" }, list)), Array(4).fill(undefined));
    });
});
