import assert from "node:assert/strict";
import { UNKNOWN, type Value } from "../../../policy/model/resource";
import { networkEdges } from "../../../policy/rules/network-edges";
import { assertNames, change } from "../harness";
import { PEER, PORT, toPython, toWiki, wikiIn } from "../network-cases";
import { caller, javascript, judgeStack, LABELS, PORTS, posture, profiles, python, sandbox, withThese } from "../network-fixtures";

/** Edits of labels by which a pod slips into what is meant for others. */
describe("policy: network-edges, by labels", () => {
    const INSTANCE = `${LABELS}["app.kubernetes.io/instance"]`;
    const asWiki = change(sandbox, "metadata.labels.tier", "wiki");

    it("refuses an evaluator labelled as the orchestrator", () => {
        const violations = judgeStack(networkEdges, withThese(change(javascript, INSTANCE, "orchestrator")));
        assert.ok(violations.some(({ resource, is }) => resource?.urn === toWiki.urn && is.includes("evaluator-javascript to wiki")));
    });

    it("refuses an orchestrator labelled as an evaluator", () => {
        const violations = judgeStack(networkEdges, withThese(change(caller, INSTANCE, "evaluator-javascript"), change(toPython, "spec.podSelector", { matchLabels: { "app.kubernetes.io/component": "orchestrator" } })));
        assert.ok(violations.some(({ resource, path }) => resource?.urn === toWiki.urn && path === "spec.podSelector"));
    });

    it("refuses the loader labelled as the orchestrator only within the policy's own namespace", () => {
        const labelled = change(profiles, LABELS, { "app.kubernetes.io/instance": "orchestrator" });
        assert.deepEqual(judgeStack(networkEdges, withThese(labelled)), []);
        assertNames(judgeStack(networkEdges, withThese(change(labelled, "metadata.namespace", posture.namespace))), PEER);
    });

    it("refuses an evaluator labelled as a party's pods, in a namespace labelled as the party's", () => {
        const inside = change(javascript, `${LABELS}.app`, "mediawiki");
        const violations = judgeStack(networkEdges, withThese(asWiki, inside));
        assert.ok(violations.some(({ resource, is }) => resource?.urn === wikiIn.urn && is.includes("from evaluator-javascript to orchestrator on TCP 6254")));
        assert.ok(violations.some(({ resource, is }) => resource?.urn === toWiki.urn && is.includes("from orchestrator to evaluator-javascript on TCP 4451")));
    });

    it("accepts either of these labels alone, which makes nobody a party", () => {
        assert.deepEqual(judgeStack(networkEdges, withThese(asWiki)), []);
        assert.deepEqual(judgeStack(networkEdges, withThese(change(javascript, `${LABELS}.app`, "mediawiki"))), []);
    });

    it("refuses labels of a namespace or of pods that are unknown", () => {
        for (const [good, path] of [[sandbox, "metadata.labels"], [sandbox, "metadata.labels.tier"], [python, LABELS], [python, `${LABELS}.app`], [python, "metadata.namespace"]] as const) {
            for (const value of [UNKNOWN, 1, ["a"]] as Value[]) {
                assertNames(judgeStack(networkEdges, withThese(change(good, path, value))), path);
            }
        }
    });

    it("doesn't let a namespace pass itself off as another by the label that holds its name", () => {
        const named = change(sandbox, "metadata.labels[\"kubernetes.io/metadata.name\"]", "kube-system");
        const labelled = change(javascript, `${LABELS}.k8s-app`, "kube-dns");
        assert.deepEqual(judgeStack(networkEdges, withThese(named, labelled)), []);
    });

    it("refuses a named port that a workload's edit points elsewhere", () => {
        const byName = change(toPython, `${PORT}.port`, "http");
        const moved = change(python, `${PORTS}[0].containerPort`, 9999);
        assert.deepEqual(judgeStack(networkEdges, withThese(byName)), []);
        assertNames(judgeStack(networkEdges, withThese(byName, moved)), PORT);
        assertNames(judgeStack(networkEdges, withThese(byName, change(python, `${PORTS}[1].name`, UNKNOWN))), PORT);
        assertNames(judgeStack(networkEdges, withThese(byName, change(python, `${PORTS}[0].containerPort`, UNKNOWN))), PORT);
    });
});
