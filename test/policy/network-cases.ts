import assert from "node:assert/strict";
import { UNKNOWN, type Resource, type Value } from "../../policy/model/resource";
import { pods, policies, posture, tcp } from "./network-fixtures";

export const PEER = "spec.egress[0].to[0]";
export const PORT = "spec.egress[0].ports[0]";

/** A policy of the good network, by its name. */
function existing(name: string): Resource {
    return policies.find(({ urn }) => urn.endsWith(`-${name}`)) ?? assert.fail(name);
}

export const toWiki = existing("to-wiki");
export const toPython = existing("to-evaluator-python");
export const wikiIn = existing("wiki-in");
const toCache = existing("to-cache");

/** Edits of one approved policy by which it opens something else, and the path at fault where it isn't the edit's own. */
export const WIDENED: Readonly<Record<string, readonly [good: Resource, path: string, to: Value, at?: string]>> = {
    // Peers.
    "a rule without peers": [toWiki, "spec.egress[0].to", undefined, "spec.egress[0]"],
    "a rule with an empty list of peers": [toWiki, "spec.egress[0].to", [], "spec.egress[0]"],
    "a rule with null for peers": [toWiki, "spec.egress[0].to", null, "spec.egress[0]"],
    "an empty rule": [toWiki, "spec.egress", [{}], "spec.egress[0]"],
    "a rule of null, which Kubernetes reads as an empty one": [toWiki, "spec.egress", [null], "spec.egress[0]"],
    "a port of null among the ports": [toWiki, "spec.egress[0].ports", [null], PORT],
    "a second, empty rule": [toWiki, "spec.egress[1]", {}],
    "an empty peer": [toWiki, PEER, {}],
    "a peer of nulls": [toWiki, PEER, { podSelector: null, namespaceSelector: null, ipBlock: null }],
    "all pods of the namespace": [toWiki, PEER, { podSelector: {} }, PORT],
    "all pods everywhere": [toWiki, PEER, { namespaceSelector: {} }],
    "all pods everywhere, said twice": [toWiki, PEER, { namespaceSelector: {}, podSelector: {} }],
    "the party's namespace, but all of its pods": [toWiki, `${PEER}.podSelector`, undefined, PEER],
    "the party's namespace, but any pods": [toWiki, `${PEER}.podSelector`, {}, PEER],
    "the party's pods of any namespace": [toWiki, `${PEER}.namespaceSelector`, {}, PEER],
    "the party's pods of the own namespace": [toWiki, `${PEER}.namespaceSelector`, undefined, PEER],
    "the namespaces that don't carry the label": [toWiki, `${PEER}.namespaceSelector`, { matchExpressions: [{ key: "tier", operator: "NotIn", values: ["wiki"] }] }, PEER],
    "the namespaces that carry the label at all": [toWiki, `${PEER}.namespaceSelector`, { matchExpressions: [{ key: "tier", operator: "Exists" }] }, PEER],
    "the namespaces with one of two labels": [toWiki, `${PEER}.namespaceSelector`, { matchExpressions: [{ key: "tier", operator: "In", values: ["wiki", "other"] }] }, PEER],
    "another label of pods": [toWiki, `${PEER}.podSelector.matchLabels`, { app: "shell" }, PEER],
    "a peer that is unknown": [toWiki, PEER, UNKNOWN],
    "peers that are unknown": [toWiki, "spec.egress[0].to", UNKNOWN],
    "peers in an object": [toWiki, "spec.egress[0].to", { podSelector: {} }],
    "a label that is unknown": [toWiki, `${PEER}.podSelector.matchLabels.app`, UNKNOWN],
    "a label that is a number": [toWiki, `${PEER}.podSelector.matchLabels.app`, 1],
    "a field of a peer that Kubernetes doesn't have": [toWiki, `${PEER}.serviceSelector`, {}],
    // Addresses.
    "every IPv4 address": [toCache, `${PEER}.ipBlock.cidr`, "0.0.0.0/0", PEER],
    "every IPv6 address": [toCache, `${PEER}.ipBlock.cidr`, "::/0", PEER],
    "one bit more": [toCache, `${PEER}.ipBlock.cidr`, "10.2.0.0/15", PEER],
    "host bits that hide a short prefix": [toCache, `${PEER}.ipBlock.cidr`, "10.2.3.4/8", PEER],
    "the block next to it": [toCache, `${PEER}.ipBlock.cidr`, "10.3.0.0/24", PEER],
    "the same addresses as IPv6": [toCache, `${PEER}.ipBlock.cidr`, "::ffff:10.2.3.0/120"],
    "leading zeros, which readers disagree on": [toCache, `${PEER}.ipBlock.cidr`, "012.2.3.0/24"],
    "an address without a prefix": [toCache, `${PEER}.ipBlock.cidr`, "10.2.3.4"],
    "addresses that are unknown": [toCache, `${PEER}.ipBlock.cidr`, UNKNOWN],
    "an exception that is unknown": [toCache, `${PEER}.ipBlock.except`, [UNKNOWN], `${PEER}.ipBlock.except[0]`],
    "addresses and pods at once": [toCache, `${PEER}.podSelector`, pods("evaluator-python"), PEER],
    "every address but the approved": [toCache, `${PEER}.ipBlock`, { cidr: "0.0.0.0/0", except: ["10.2.0.0/16"] }, PEER],
    // Ports.
    "no ports": [toWiki, "spec.egress[0].ports", undefined],
    "an empty list of ports": [toWiki, "spec.egress[0].ports", []],
    "null for ports": [toWiki, "spec.egress[0].ports", null],
    "ports that are unknown": [toWiki, "spec.egress[0].ports", UNKNOWN],
    "an empty port": [toWiki, PORT, {}],
    "a protocol without a port": [toWiki, PORT, { protocol: "TCP" }],
    "a port of null": [toWiki, `${PORT}.port`, null, PORT],
    "another port": [toWiki, `${PORT}.port`, 443, PORT],
    "a port in a text": [toWiki, `${PORT}.port`, "4451"],
    "a port by a name that nobody can resolve": [toWiki, `${PORT}.port`, "http", PORT],
    "a port that is unknown": [toWiki, `${PORT}.port`, UNKNOWN],
    "half a port": [toWiki, `${PORT}.port`, 4451.5],
    "a second port": [toWiki, "spec.egress[0].ports[1]", tcp(22)],
    "another protocol": [toWiki, `${PORT}.protocol`, "UDP", PORT],
    "SCTP": [toWiki, `${PORT}.protocol`, "SCTP", PORT],
    "a protocol that is unknown": [toWiki, `${PORT}.protocol`, UNKNOWN],
    "a range that ends beyond": [toWiki, `${PORT}.endPort`, 4454, PORT],
    "a range to the end": [toWiki, `${PORT}.endPort`, 65_535, PORT],
    "a range from a name": [toWiki, PORT, { protocol: "TCP", port: "http", endPort: 65_535 }],
    "a range without a start": [toWiki, PORT, { protocol: "TCP", endPort: 65_535 }],
    "a range whose end is unknown": [toWiki, `${PORT}.endPort`, UNKNOWN],
    // Whom the policy is about.
    "all pods": [toWiki, "spec.podSelector", {}, PEER],
    "all pods, for want of a selector": [toWiki, "spec.podSelector", undefined, PEER],
    "all pods by null": [toWiki, "spec.podSelector", null, PEER],
    "an evaluator": [toWiki, "spec.podSelector", pods("evaluator-python"), PEER],
    "all but the orchestrator": [toWiki, "spec.podSelector", { matchExpressions: [{ key: "app.kubernetes.io/instance", operator: "NotIn", values: ["orchestrator"] }] }, PEER],
    "whoever has the label": [toWiki, "spec.podSelector", { matchExpressions: [{ key: "app.kubernetes.io/instance", operator: "Exists" }] }, PEER],
    "whoever lacks a label": [toWiki, "spec.podSelector", { matchExpressions: [{ key: "none", operator: "DoesNotExist" }] }, PEER],
    "pods that are unknown": [toWiki, "spec.podSelector", UNKNOWN],
    "an operator that is unknown": [toWiki, "spec.podSelector", { matchExpressions: [{ key: "a", operator: UNKNOWN }] }, "spec.podSelector.matchExpressions[0].operator"],
    "an operator that Kubernetes doesn't have": [toWiki, "spec.podSelector", { matchExpressions: [{ key: "a", operator: "Gt", values: ["1"] }] }, "spec.podSelector.matchExpressions[0].operator"],
    "pods by a label that a controller writes": [toWiki, "spec.podSelector", { matchLabels: { "pod-template-hash": "5d4f8c" } }, PEER],
    "nobody of this stack": [toWiki, "spec.podSelector", pods("somebody")],
    "a namespace that is unknown": [toWiki, "metadata.namespace", UNKNOWN],
    "a namespace that isn't said": [toWiki, "metadata.namespace", undefined],
    "another namespace": [toWiki, "metadata.namespace", "default", "spec.podSelector"],
    "types that are unknown": [toWiki, "spec.policyTypes", UNKNOWN],
    "a type that is unknown": [toWiki, "spec.policyTypes", [UNKNOWN], "spec.policyTypes[0]"],
    "a spec that is unknown": [toWiki, "spec", UNKNOWN],
    "rules that are unknown": [toWiki, "spec.egress", UNKNOWN],
    "a rule that is unknown": [toWiki, "spec.egress[0]", UNKNOWN],
    "ingress that is unknown": [toWiki, "spec.ingress", UNKNOWN],
    "a way in as well": [toWiki, "spec.ingress", [{}], "spec.ingress[0]"],
    // Within the sandbox, each end by itself.
    "another evaluator": [toPython, "spec.podSelector", pods("evaluator-javascript"), PORT],
    "the evaluator's metrics": [toPython, `${PORT}.port`, 9090, PORT],
    "the evaluator's metrics by their name": [toPython, `${PORT}.port`, "metrics", PORT],
    "a way in from anybody": [wikiIn, "spec.ingress[0].from", [], "spec.ingress[0]"],
    "a way in for an evaluator": [wikiIn, "spec.ingress[0].from[1]", { podSelector: pods("evaluator-javascript") }, "spec.ingress[0].ports[0]"],
    "a way in to an evaluator": [wikiIn, "spec.podSelector", pods("evaluator-python"), "spec.ingress[0].ports[0]"],
};

/** Edits of one approved policy that open no more than before. */
export const NARROWED: Readonly<Record<string, readonly [good: Resource, path: string, to: Value]>> = {
    "fewer pods of the party": [toWiki, `${PEER}.podSelector.matchLabels.version`, "2"],
    "fewer namespaces of the party": [toWiki, `${PEER}.namespaceSelector.matchExpressions`, [{ key: "old", operator: "DoesNotExist" }]],
    "the party's label as an expression": [toWiki, `${PEER}.namespaceSelector`, { matchExpressions: [{ key: "tier", operator: "In", values: ["wiki"] }] }],
    "null for what is left out": [toWiki, `${PEER}.ipBlock`, null],
    "an exception": [toCache, `${PEER}.ipBlock.except`, ["10.2.3.128/25"]],
    "the whole approved block": [toCache, `${PEER}.ipBlock.cidr`, "10.2.0.0/16"],
    "host bits": [toCache, `${PEER}.ipBlock.cidr`, "10.2.3.4/16"],
    "one address": [toCache, `${PEER}.ipBlock.cidr`, "10.2.3.4/32"],
    "TCP for want of a protocol": [toWiki, `${PORT}.protocol`, undefined],
    "a range within the approved ports": [toWiki, `${PORT}.endPort`, 4453],
    "a range of one": [toWiki, `${PORT}.endPort`, 4451],
    "a port by its name": [toPython, `${PORT}.port`, "http"],
    "pods by an expression": [toPython, "spec.podSelector", { matchExpressions: [{ key: "app.kubernetes.io/component", operator: "In", values: ["orchestrator"] }] }],
    "both evaluators at once": [toPython, `${PEER}.podSelector`, { matchLabels: { "app.kubernetes.io/component": "evaluator" } }],
    "a workload of the own namespace, named by it": [toPython, `${PEER}.namespaceSelector`, { matchLabels: { "kubernetes.io/metadata.name": posture.namespace } }],
    "no rules at all": [toWiki, "spec.egress", []],
    "null for rules": [toWiki, "spec.egress", null],
    "types left to Kubernetes": [toWiki, "spec.policyTypes", undefined],
};
