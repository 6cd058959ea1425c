import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { checkCluster } from "../../infra/cluster-id";
import { run } from "./support/program";
import { changed, valuesOf } from "./support/stacks";
import { clusterOf, KUBE_SYSTEM, withApiServer, type Answers } from "./support/api-server";

const [OURS, OTHER] = ["11111111-1111-1111-1111-111111111111", "22222222-2222-2222-2222-222222222222"];
const CONTEXT = "staging";

/** What is said of a stack that names OURS, where the cluster answers like that. */
async function refusal(answers: Answers, kubeContext = CONTEXT): Promise<string> {
    return withApiServer(CONTEXT, answers, async () => {
        const error: unknown = await checkCluster({ kubeContext, clusterId: OURS }).then(() => undefined, (reason: unknown) => reason);
        assert.ok(pulumi.RunError.isInstance(error), "it passed");
        return error.message;
    });
}

describe("the identity of a cluster", () => {
    it("lets a stack go to the cluster that it names", async () => {
        await withApiServer(CONTEXT, clusterOf(OURS), async (asked) => {
            await checkCluster({ kubeContext: CONTEXT, clusterId: OURS });
            assert.deepEqual(asked, [KUBE_SYSTEM]);
        });
    });

    it("is not asked for by a stack that takes any", async () => {
        await withApiServer(CONTEXT, clusterOf(OTHER), async (asked) => {
            await checkCluster({ kubeContext: CONTEXT, clusterId: "" });
            assert.deepEqual(asked, []);
        });
    });

    it("refuses another cluster, and names the key, what it is and what it would have to be", async () => {
        assert.equal(await refusal(clusterOf(OTHER)), [
            "Nothing in the cluster was changed:",
            `wikifunctions:clusterId is "${OURS}", which is not the cluster of the context "staging"; allowed: "${OTHER}", if that is the stack's cluster; another kubeContext, if it isn't`,
        ].join("\n"));
    });

    const UNKNOWN: Readonly<Record<string, readonly [Answers, RegExp, context?: string]>> = {
        "a cluster that doesn't tell": [{ [KUBE_SYSTEM]: [403, { message: "namespaces is forbidden" }] }, /\(GET http:\S+kube-system: 403 namespaces is forbidden\)/],
        "an answer without a uid": [{ [KUBE_SYSTEM]: [200, { metadata: {} }] }, /there is no uid in the answer/],
        "an answer with an empty one": [clusterOf(""), /there is no uid in the answer/],
        "an answer that is no JSON": [{ [KUBE_SYSTEM]: [200, "<html>"] }, /kube-system: Unexpected token/],
        "a context that isn't there": [clusterOf(OURS), /the kubeconfig has no context "production", only "staging"/, "production"],
    };
    for (const [what, [answers, says, context]] of Object.entries(UNKNOWN)) {
        it(`refuses ${what}`, async () => {
            const said = await refusal(answers, context);
            assert.match(said, says);
            assert.match(said, /^wikifunctions:clusterId is "1{8}-.*allowed: the uid of the cluster's namespace kube-system \(kubectl get /m);
        });
    }

    it("refuses a cluster that can't be reached, and a kubeconfig that isn't there", async () => {
        await withApiServer(CONTEXT, clusterOf(OURS), async () => {
            const { KUBECONFIG } = process.env;
            process.env["KUBECONFIG"] = "/nowhere/kubeconfig";
            await assert.rejects(checkCluster({ kubeContext: CONTEXT, clusterId: OURS }), /the kubeconfig can't be read: ENOENT/);
            process.env["KUBECONFIG"] = KUBECONFIG;
        });
    });

    it("is compared before the first resource of the program", async () => {
        const values = changed(valuesOf("staging"), "clusterId", OURS);
        await assert.rejects(run("staging", values, OTHER), /is not the cluster of the context "staging"/);
        assert.ok((await run("staging", values, OURS)).length > 20);
    });
});
