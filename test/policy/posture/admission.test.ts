import assert from "node:assert/strict";
import { approvedPolicies } from "../../../policy/posture/admission";
import type { People } from "../../../policy/posture/posture";
import { posture } from "../fixtures";

const NOBODY: People = { users: [], groups: [] };

/** What stands in an approved policy for those who deploy, and for them and those who preview. */
function peopleIn(deployers: People, previewers: People): unknown {
    const text = JSON.stringify({ deployers: "{deployers}", previewers: "{previewers}" });
    return approvedPolicies({ ...posture, admission: { deployers, previewers }, admissionPolicies: { people: text } }).get("wikifunctions-people")?.spec;
}

describe("policy: approved admission policies", () => {
    it("have the posture's namespaces and priority, each wherever it stands", () => {
        const text = JSON.stringify({ places: ["{namespace}", "{namespace}/{loaderNamespace}", "{priorityClass}"] });
        const approved = approvedPolicies({ ...posture, namespace: "sandbox", admissionPolicies: { places: text } });
        assert.deepEqual([...approved], [["sandbox-places", { name: "sandbox-places", spec: { places: ["sandbox", "sandbox/wikifunctions-apparmor", "wikifunctions-sandbox"] }, takesParameters: false }]]);
    });

    it("take parameters where they have a kind of them", () => {
        assert.deepEqual([...approvedPolicies(posture).values()].map(({ name, takesParameters }) => [name, takesParameters]), [["wikifunctions-pods", false], ["wikifunctions-services", true]]);
    });

    it("tell users and groups by their names", () => {
        assert.deepEqual(peopleIn({ users: ["ann", "bob"], groups: ["ops", "sre"] }, NOBODY), {
            deployers: "request.userInfo.username in ['ann', 'bob'] || request.userInfo.?groups.orValue([]).exists(group, group in ['ops', 'sre'])",
            previewers: "request.userInfo.username in ['ann', 'bob'] || request.userInfo.?groups.orValue([]).exists(group, group in ['ops', 'sre'])",
        });
        assert.deepEqual(peopleIn({ users: [], groups: ["ops"] }, NOBODY), {
            deployers: "request.userInfo.?groups.orValue([]).exists(group, group in ['ops'])",
            previewers: "request.userInfo.?groups.orValue([]).exists(group, group in ['ops'])",
        });
    });

    it("let those who preview do so beside those who deploy, each named once", () => {
        assert.deepEqual(peopleIn({ users: ["ann"], groups: [] }, { users: ["ann", "eve"], groups: [] }), { deployers: "request.userInfo.username in ['ann']", previewers: "request.userInfo.username in ['ann', 'eve']" });
    });

    it("hold for everybody where nobody deploys", () => {
        assert.deepEqual(peopleIn(NOBODY, NOBODY), { deployers: "false", previewers: "false" });
    });
});
