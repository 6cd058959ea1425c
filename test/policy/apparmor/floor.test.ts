import assert from "node:assert/strict";
import { objectionsTo, type Role } from "../../../policy/model/apparmor/floor";
import { parseProfile } from "../../../policy/model/apparmor/parser";
import { APPROVED, edited, plus } from "./texts";

function objections(text: string, role: Role = "evaluator"): string[] {
    const { profile, problems } = parseProfile(text);
    assert.deepEqual(problems, []);
    return objectionsTo(profile, role).map(({ is, line }) => `${is} (${String(line)})`);
}

/** Rules that no profile may have, and what is said of each. */
const REFUSED: Readonly<Record<string, RegExp>> = {
    "/tmp/** rw,": /grants "w" on/,
    "/tmp/x w,": /grants "w" on/,
    "/tmp/x a,": /grants "a" on/,
    "/tmp/x l,": /grants "l" on/,
    "/** r,": /every folder/,
    "/*/x r,": /every folder/,
    "/{etc,*}/x r,": /every folder/,
    "/{,x/}** r,": /every folder/,
    "/[a-z]tc/x r,": /every folder/,
    "/?tc/x r,": /every folder/,
    "/{a,b{c,**}} r,": /every folder/,
    "mount,": /grants mount /,
    "umount,": /grants umount /,
    "pivot_root,": /grants pivot_root /,
    "dbus,": /grants dbus /,
    "ptrace,": /grants ptrace /,
    "ptrace (read) peer=@{profile_name},": /grants ptrace \(read\)/,
    "signal,": /grants signal /,
    "signal (send),": /grants signal \(send\) /,
    "signal (send) peer=unconfined,": /grants signal \(send\) peer=unconfined/,
    "signal (send, receive) peer={unconfined,crun,runc},": /grants signal \(send\) peer=runc/,
    "signal peer=crun,": /grants signal peer=crun/,
    "network,": /grants network /,
    "network inet,": /grants network inet /,
    "network stream,": /grants network stream /,
    "network raw,": /grants network raw/,
    "network inet raw,": /grants network inet raw/,
    "network packet,": /grants network packet/,
    "network inet dgram,": /grants network inet dgram/,
    "network netlink raw,": /grants network netlink/,
    "unix,": /grants unix /,
    "unix (send) type=stream,": /grants unix \(send\)/,
    "unix (connect) type=stream peer=(label=unconfined),": /grants unix \(connect\)/,
    "unix (create) type=dgram,": /grants unix \(create\)/,
    "unix (create),": /grants unix \(create\)/,
    "capability,": /grants capability /,
    "capability sys_admin,": /grants capability sys_admin/,
    "capability chown sys_admin,": /grants capability sys_admin/,
};

/** What is left beside files. */
const GRANTED = [
    ...["inet", "inet6"].map((family) => `network ${family} stream`),
    ...["send", "receive"].map((access) => `signal (${access}) peer=@{profile_name}`),
    ...["unconfined", "crun", "runc"].map((peer) => `signal (receive) peer=${peer}`),
    ...["create", "bind", "listen", "getattr", "setattr", "getopt", "setopt", "shutdown"].map((access) => `unix (${access}) type=stream`),
    ...["accept", "connect", "receive", "send"].map((access) => `unix (${access}) type=stream peer=(label=@{profile_name})`),
];
const OF_ORCHESTRATOR = ["inet", "inet6"].map((family) => `network ${family} dgram`);

describe("policy: what no AppArmor profile may grant", () => {
    it("isn't in a good one", () => {
        assert.deepEqual(objections(APPROVED), []);
    });

    for (const [rule, said] of Object.entries(REFUSED)) {
        it(`is ${rule.slice(0, -1)}`, () => {
            const found = objections(plus(rule)).find((objection) => said.test(objection));
            assert.match(found ?? "", /\(16\)$/, JSON.stringify(objections(plus(rule))));
        });
    }

    it("may be denied", () => {
        assert.deepEqual(Object.keys(REFUSED).flatMap((rule) => objections(plus(`deny ${rule}`))), []);
    });

    for (const [grants, role] of [[GRANTED, "evaluator"], [[...GRANTED, ...OF_ORCHESTRATOR], "orchestrator"]] as const) {
        it(`isn't what its ${role} needs, and is that without its last condition`, () => {
            for (const grant of grants) {
                assert.deepEqual(objections(plus(`${grant},`), role), []);
                const wider = grant.replace(/ \S+$/, "");
                assert.deepEqual(objections(plus(`${wider},`), role), [`grants ${wider} (16)`]);
            }
        });
    }

    it("is UDP for evaluators, and not for the orchestrator", () => {
        assert.deepEqual(OF_ORCHESTRATOR.map((grant) => objections(plus(`${grant},`)).length), [1, 1]);
        assert.equal(objections(plus("network inet raw,"), "orchestrator").length, 1);
    });

    it("is more than one file to write", () => {
        assert.deepEqual(objections(edited("/dev/null rw", "/dev/null rwk")), []);
        assert.equal(objections(edited("/dev/null rw", "/dev/nul{l,} rw")).length, 1);
    });
});
