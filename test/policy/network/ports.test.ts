import assert from "node:assert/strict";
import { ALL_PORTS, areAmong, common, portsIn, portsInWords, type Ports } from "../../../policy/model/network/ports";
import { podsOf, type PodHolder } from "../../../policy/model/pod";
import type { Field } from "../../../policy/model/read";
import { UNKNOWN, type Value } from "../../../policy/model/resource";
import { change } from "../harness";
import { PORTS, python } from "../network-fixtures";

const EVERY_TCP: Ports = { ...ALL_PORTS, protocol: "TCP" };
const at = (value: Value): Field => ({ path: "", value });
const tcp = (first: number, last = first): Ports => ({ protocol: "TCP", first, last });
const pods = (path = "metadata.name", to: Value = "evaluator-python") => podsOf(change(python, path, to)) as PodHolder;

const READ: Readonly<Record<string, readonly [port: Value, Ports]>> = {
    "a number": [{ port: 80 }, tcp(80)],
    "a number and a protocol": [{ port: 80, protocol: "UDP" }, { protocol: "UDP", first: 80, last: 80 }],
    "a range": [{ port: 80, endPort: 90 }, tcp(80, 90)],
    "null for a protocol and an end": [{ port: 80, protocol: null, endPort: null }, tcp(80)],
    "a name": [{ port: "http" }, tcp(6927)],
    "nothing": [{}, EVERY_TCP],
    "null": [null, EVERY_TCP],
    "a protocol alone": [{ protocol: "SCTP" }, { ...ALL_PORTS, protocol: "SCTP" }],
    "a name that the pods don't have": [{ port: "other" }, EVERY_TCP],
    "a range from a name": [{ port: "http", endPort: 7000 }, EVERY_TCP],
    "a range without a start": [{ endPort: 7000 }, EVERY_TCP],
    "an unknown number": [{ port: UNKNOWN }, EVERY_TCP],
    "an unknown end": [{ port: 80, endPort: UNKNOWN }, EVERY_TCP],
    "an unknown protocol": [{ port: 80, protocol: UNKNOWN }, ALL_PORTS],
    "an unknown": [UNKNOWN, ALL_PORTS],
};

/** Names in pods that can't be resolved. */
const UNRESOLVED: Readonly<Record<string, readonly [path: string, to: Value]>> = {
    "whose number is unknown": [`${PORTS}[0].containerPort`, UNKNOWN],
    "whose number is a text": [`${PORTS}[0].containerPort`, "6927"],
    "beside one whose name is unknown and whose number too": [`${PORTS}[1]`, UNKNOWN],
    "among ports that are unknown": [PORTS, UNKNOWN],
    "in pods without ports": [PORTS, []],
};

describe("policy model: ports", () => {
    for (const [name, [port, expected]] of Object.entries(READ)) {
        it(`are read from ${name}`, () => {
            assert.deepEqual(portsIn(at(port), pods()), [expected]);
        });
    }

    it("by a name are those of every container that has it", () => {
        assert.deepEqual(portsIn(at({ port: "http" }), pods("spec.template.spec.initContainers", [{ ports: [{ name: "http", containerPort: 1 }] }])), [tcp(6927), tcp(1)]);
        assert.deepEqual(portsIn(at({ port: "http" }), pods(`${PORTS}[1].name`, UNKNOWN)), [tcp(6927), tcp(9090)]);
    });

    it("by a name are none of a port without one, and TCP's where the protocol is left out or empty", () => {
        const declared = (port: Value): PodHolder => pods("spec.template.spec.initContainers", [{ ports: [port] }]);
        for (const name of [undefined, null, ""]) {
            assert.deepEqual(portsIn(at({ port: "http" }), declared({ name, containerPort: 1 })), [tcp(6927)]);
        }
        for (const protocol of [undefined, null, ""]) {
            assert.deepEqual(portsIn(at({ port: "dns" }), declared({ name: "dns", containerPort: 53, protocol })), [tcp(53)]);
            assert.deepEqual(portsIn(at({ port: "dns", protocol: "UDP" }), declared({ name: "dns", containerPort: 53, protocol })), []);
        }
    });

    it("by a name are those of its own protocol, and none where only another one has the name", () => {
        const both = pods("spec.template.spec.initContainers", [{ ports: [{ name: "http", containerPort: 1, protocol: "UDP" }, { name: "dns", containerPort: 53, protocol: "UDP" }] }]);
        assert.deepEqual(portsIn(at({ port: "http" }), both), [tcp(6927)]);
        assert.deepEqual(portsIn(at({ port: "http", protocol: "UDP" }), both), [{ protocol: "UDP", first: 1, last: 1 }]);
        assert.deepEqual(portsIn(at({ port: "dns" }), both), []);
        assert.deepEqual(portsIn(at({ port: "http", protocol: "SCTP" }), pods()), []);
        assert.deepEqual(portsIn(at({ port: "http", protocol: "SCTP" }), pods(`${PORTS}[0].protocol`, UNKNOWN)), [{ protocol: "SCTP", first: 6927, last: 6927 }]);
        assert.deepEqual(portsIn(at({ port: "http" }), pods(`${PORTS}[0].protocol`, null)), [tcp(6927)]);
    });

    for (const [name, [path, to]] of Object.entries(UNRESOLVED)) {
        it(`by a name ${name} are every port`, () => {
            assert.deepEqual(portsIn(at({ port: "http" }), pods(path, to)), [EVERY_TCP]);
        });
    }

    it("by a name of somebody else's pods are every port", () => {
        assert.deepEqual(portsIn(at({ port: "http" }), undefined), [EVERY_TCP]);
    });

    it("are approved if and only if each of them is", () => {
        for (let mask = 0; mask < 32; mask += 1) {
            const numbers = [1, 2, 3, 4, 5].filter((number) => (mask >> (number - 1)) & 1);
            const approved = new Set(["UDP/1", "UDP/2", ...numbers.map((number) => `TCP/${String(number)}`)]);
            for (let first = 1; first <= 5; first += 1) {
                for (let last = first; last <= 5; last += 1) {
                    const each = Array.from({ length: last - first + 1 }, (_, step) => numbers.includes(first + step));
                    assert.equal(areAmong(tcp(first, last), approved), each.every(Boolean));
                }
            }
        }
    });

    it("aren't approved for all protocols, nor as a range that is none", () => {
        const approved = new Set(["TCP/1", "TCP/2", "undefined/1"]);
        assert.equal(areAmong({ protocol: undefined, first: 1, last: 1 }, approved), false);
        assert.equal(areAmong(tcp(2, 1), approved), false);
        assert.equal(areAmong(EVERY_TCP, approved), false);
    });

    it("have in common what both hold", () => {
        assert.deepEqual(common(tcp(1, 5), tcp(4, 9)), tcp(4, 5));
        assert.deepEqual(common(tcp(1, 5), ALL_PORTS), tcp(1, 5));
        assert.deepEqual(common(ALL_PORTS, tcp(1, 5)), tcp(1, 5));
        assert.equal(common(tcp(1, 5), tcp(6, 9)), undefined);
        assert.equal(common(tcp(1), { protocol: "UDP", first: 1, last: 1 }), undefined);
    });

    it("are said in words", () => {
        assert.deepEqual([tcp(80), tcp(80, 90), tcp(0, 90), tcp(80, 65_535), EVERY_TCP, ALL_PORTS].map(portsInWords), ["TCP 80", "TCP 80 to 90", "TCP 0 to 90", "TCP 80 to 65535", "TCP every port", "every port"]);
    });
});
