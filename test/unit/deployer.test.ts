import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { checkDeployer } from "../../infra/deployer";
import { NOBODY } from "../../infra/config/people";
import { userOf, WHO_AM_I, withApiServer, type Answers } from "./support/api-server";

const CONTEXT = "staging";
const deployers = { users: ["deploy", "other"], groups: ["platform"] };
const config = { kubeContext: CONTEXT, admission: { deployers, previewers: NOBODY, networkPlugins: NOBODY } };

async function asIn(dryRun: boolean, answers: Answers): Promise<readonly string[]> {
    await pulumi.runtime.setMocks({ call: () => ({}), newResource: () => assert.fail("a resource was registered") }, "wikifunctions", "staging", dryRun);
    return withApiServer(CONTEXT, answers, async (asked) => {
        await checkDeployer(config);
        return asked;
    });
}

async function refusal(answers: Answers): Promise<string> {
    const error: unknown = await asIn(false, answers).then(() => undefined, (reason: unknown) => reason);
    assert.ok(pulumi.RunError.isInstance(error), "it passed");
    return error.message;
}

describe("who runs an update", () => {
    // What runs after this is an update, as it was.
    after(() => pulumi.runtime.setMocks({ call: () => ({}), newResource: () => assert.fail("a resource was registered") }, "wikifunctions", "local", false));

    it("may be a deployer by name, or by a group", async () => {
        assert.deepEqual(await asIn(false, userOf("other")), [WHO_AM_I]);
        assert.deepEqual(await asIn(false, userOf("somebody", "system:authenticated", "platform")), [WHO_AM_I]);
    });

    it("is nobody whom the admission policies would lock out, and learns which line to add", async () => {
        assert.equal(await refusal(userOf("me", "system:masters")), [
            "Nothing in the cluster was changed:",
            'wikifunctions:admission.deployers doesn\'t name you, "me", whom the admission policies would lock out; it names "deploy", "other", "platform". Update as one of them, or add yourself to the stack file:',
            "  wikifunctions:admission:",
            "    deployers: { users: [deploy, other, me], groups: [platform] }",
        ].join("\n"));
    });

    it("is nobody of whom the cluster doesn't tell", async () => {
        assert.match(await refusal({}), /can't be compared with who you are on the cluster of the context "staging" \(POST http:\S+selfsubjectreviews: 404 no such thing\)/);
        assert.match(await refusal({ [WHO_AM_I]: [201, {}] }), /doesn't name you, ""/);
    });

    it("isn't asked of a preview, which others may run", async () => {
        assert.deepEqual(await asIn(true, userOf("me")), []);
    });
});
