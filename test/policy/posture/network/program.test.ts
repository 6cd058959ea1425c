import assert from "node:assert/strict";
import { reachable } from "../../../../policy/posture/network/reachable";
import { stackOf } from "../../../../policy/model/stack";
import { postureOf } from "../../../../policy/posture/files";
import { defaultDeny } from "../../../../policy/rules/default-deny";
import { networkEdges } from "../../../../policy/rules/network-edges";
import { serviceTargets } from "../../../../policy/rules/service-targets";
import { changed, STACKS, valuesOf, type StackName, type Values } from "../../../unit/support/stacks";
import { resourcesOf } from "../../stacks";

/** What the program deploys, and what its stack's posture says of it. */
async function judged(stack: StackName, values: Values) {
    const [resources, posture] = [await resourcesOf(stack, values), postureOf(stack)];
    const model = stackOf(resources);
    return { model, posture, violations: [defaultDeny, networkEdges, serviceTargets].flatMap((rule) => rule.check(model, posture)) };
}

describe("policy: the network that the program deploys", () => {
    for (const stack of STACKS) {
        it(`is approved in ${stack}, and all that is approved there can be reached`, async () => {
            const { model, posture, violations } = await judged(stack, valuesOf(stack));
            assert.deepEqual(violations, []);
            const reached = new Set(reachable(model, posture).connections.flatMap(({ from, to, ports: { protocol, first } }) => from.approvedAs.flatMap((start) => to.approvedAs.map((end) => `${start} ${end} ${protocol ?? ""}/${String(first)}`))));
            const approved = posture.edges.flatMap(({ from, to, ports }) => ports.map((port) => `${from} ${to} ${port}`));
            assert.deepEqual(approved.filter((edge) => !reached.has(edge)), []);
        });

        it(`is refused in ${stack} with a gateway that nobody approved`, async () => {
            const { violations } = await judged(stack, changed(valuesOf(stack), "gateways.shell", { cidr: "192.0.2.1/32", port: 22 }));
            assert.deepEqual(violations.map(({ resource, is }) => [resource?.name, is]), [["orchestrator-to-shell-egress", "an opening from orchestrator to addresses of \"192.0.2.1/32\" on TCP 22 (egress of policy orchestrator-to-shell-egress)"]]);
        });

        it(`is refused in ${stack} with re-entrance that nobody approved`, async () => {
            const { violations } = await judged(stack, changed(valuesOf(stack), "evaluators.javascript.reentrance", true));
            // In local another evaluator may call back, so that the orchestrator's Service may offer the port.
            const offered = stack === "local" ? [] : ["orchestrator"];
            assert.deepEqual(violations.map(({ resource }) => resource?.name), ["evaluator-javascript-to-orchestrator-egress", "evaluator-javascript-to-orchestrator-ingress", ...offered]);
        });
    }
});
