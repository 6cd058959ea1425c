import assert from "node:assert/strict";
import type { Resource } from "../../policy/model/resource";
import { BOX_WIDTH, pictureOf, type Box } from "../../report/html/layout";
import { networkOf, type Network } from "../../report/network";
import { stackOf } from "../../policy/model/stack";
import { postureOf } from "../../policy/posture/files";
import { replaced, resourcesOf } from "../policy/stacks";
import { DAY, edited, enlarged, report } from "./stack";

const posture = postureOf("staging", {}, () => DAY);
const inWords = ({ links }: Network): string[] => links.flatMap(({ from, to, ports }) => ports.map((port) => `${from.name} ${to.name} ${port.replace(" ", "/")}`)).sort();
const overlap = (one: Box, other: Box): boolean => one.x < other.x + BOX_WIDTH && other.x < one.x + BOX_WIDTH && one.y < other.y + other.height && other.y < one.y + one.height;

describe("report: the network", () => {
    let resources: Resource[];
    before(async () => { resources = await resourcesOf("staging"); });

    it("has just the approved edges, and every workload", () => {
        const network = networkOf(stackOf(resources), posture);
        assert.deepEqual(inWords(network), posture.edges.flatMap(({ from, to, ports }) => ports.map((port) => `${from} ${to} ${port}`)).sort());
        assert.ok(network.links.every(({ approved, policies }) => approved && policies.length > 0));
        assert.deepEqual(network.open, []);
        assert.ok(network.parties.some(({ name }) => name.endsWith("/apparmor-loader")));
    });

    it("tells what isn't approved from what is, and names the policy", () => {
        const name = "orchestrator-to-dns-egress";
        const { links } = report(edited(resources, "NetworkPolicy", name, "spec.egress[0].to", [{ ipBlock: { cidr: "0.0.0.0/0" } }])).network;
        assert.deepEqual(links.filter(({ approved }) => !approved).map(({ from, to, ports, policies }) => [from.name, to.name, to.sort, ports, policies]),
            [["orchestrator", 'addresses of "0.0.0.0/0"', "not in the posture", ["UDP 53", "TCP 53"], [name]]]);
    });

    it("never calls a way out of an evaluator approved, whatever a posture says", () => {
        const out = edited(edited(resources, "NetworkPolicy", "orchestrator-to-dns-egress", "spec.podSelector.matchLabels", { "app.kubernetes.io/instance": "evaluator-python" }), "NetworkPolicy", "orchestrator-to-dns-egress", "metadata.name", "out");
        const { links } = report(out, { edges: [...posture.edges, { from: "evaluator-python", to: "dns", ports: ["UDP/53", "TCP/53"] }] }).network;
        assert.deepEqual(links.filter(({ to }) => to.name === "dns").map(({ from, approved }) => [from.name, approved]), [["evaluator-python", false]]);
    });

    it("says which pods nothing isolates", () => {
        const open = replaced(resources, resources.find(({ name }) => name === "apparmor-default-deny") as Resource, undefined);
        assert.deepEqual(report(open).network.open, ["DaemonSet wikifunctions-apparmor/apparmor-loader (ingress)", "DaemonSet wikifunctions-apparmor/apparmor-loader (egress)"]);
    });

    it("says of pods on the network of their node that they are outside every policy", () => {
        const { open } = report(edited(resources, "Deployment", "orchestrator", "spec.template.spec.hostNetwork", true)).network;
        assert.deepEqual(open, ["ingress", "egress"].map((direction) => `Deployment wikifunctions/orchestrator (${direction}, on the node's network, outside every policy)`));
    });

    it("tells what isn't approved first where there is more than anybody reads, and how much is left out", () => {
        const policy = resources.find(({ name }) => name === "orchestrator-to-dns-egress") as Resource;
        const peers = (count: number) => Array.from({ length: count }, (_, index) => ({ ipBlock: { cidr: `192.0.${String(index >> 8)}.${String(index & 255)}/32` } }));
        const { links, rest } = networkOf(stackOf(edited(resources, "NetworkPolicy", policy.name, "spec.egress[0].to", peers(1200))), posture);
        assert.deepEqual([links.length, links.every(({ approved }) => !approved)], [1000, true]);
        assert.match(rest ?? "", /^\d+ more connections can be made\.$/);
        assert.equal(networkOf(stackOf(edited(resources, "NetworkPolicy", policy.name, "spec.egress[0].to", peers(200))), posture).rest, undefined);
    });

    for (const size of [0, 200]) {
        it(`is drawn without one box over another, and each link once${size === 0 ? "" : `, with ${String(size)} resources too`}`, () => {
            const network = networkOf(stackOf(enlarged(resources, size)), posture);
            const { boxes, curves, width, height, frame } = pictureOf(network);
            assert.equal(curves.length, network.links.length);
            assert.deepEqual(boxes.filter((one) => boxes.some((other) => one !== other && overlap(one, other))), []);
            assert.ok(boxes.every(({ x, y, height: tall }) => x >= 0 && y >= 0 && x + BOX_WIDTH <= width && y + tall <= height));
            const own = boxes.filter(({ party }) => ["orchestrator", "evaluator", "other workload"].includes(party.sort));
            assert.deepEqual(boxes.filter(({ x, y, height: tall }) => x >= frame.x && x + BOX_WIDTH <= frame.x + frame.width && y >= frame.y && y + tall <= frame.y + frame.height), own);
        });
    }
});
