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
    "file,": /grants file /,
    "all,": /grants all /,
    "/tmp/** rw,": /grants "w" on/,
    "/tmp/x w,": /grants "w" on/,
    "/tmp/x a,": /grants "a" on/,
    "/tmp/x l,": /grants "l" on/,
    "/usr/bin/x ux,": /grants "ux"/,
    "/usr/bin/x Ux,": /grants "Ux"/,
    "/usr/bin/x px,": /grants "px"/,
    "/usr/bin/x Px,": /grants "Px"/,
    "/usr/bin/x cx,": /grants "cx"/,
    "/usr/bin/x pix,": /grants "pix"/,
    "/usr/bin/x PUx,": /grants "PUx"/,
    "/** r,": /every folder/,
    "/*/x r,": /every folder/,
    "/{etc,*}/x r,": /every folder/,
    "/{,x/}** r,": /every folder/,
    "/[a-z]tc/x r,": /every folder/,
    "/?tc/x r,": /every folder/,
    "/{a,b{c,**}} r,": /every folder/,
    "change_profile,": /grants change_profile /,
    "change_profile -> x,": /grants change_profile -> x /,
    "mount,": /grants mount /,
    "mount options=(rw, bind) /a -> /b,": /grants mount options/,
    "remount,": /grants remount/,
    "umount,": /grants umount /,
    "pivot_root,": /grants pivot_root /,
    "ptrace,": /grants ptrace /,
    "ptrace (read) peer=@{profile_name},": /grants ptrace read/,
    "signal,": /grants signal /,
    "signal (send),": /grants signal \(?send/,
    "signal (send) peer=unconfined,": /grants signal send peer=unconfined/,
    "signal (send, receive) peer={unconfined,crun,runc},": /grants signal send/,
    "signal (receive) peer=**,": /grants signal receive/,
    "network,": /grants network /,
    "network inet,": /grants network inet /,
    "network raw,": /grants network raw/,
    "network inet raw,": /grants network inet raw/,
    "network packet,": /grants network packet/,
    "network inet dgram,": /grants network inet dgram/,
    "network netlink raw,": /grants network netlink/,
    "unix,": /grants unix /,
    "unix (send) type=stream,": /grants unix send/,
    "unix (connect) type=stream peer=(label=unconfined),": /grants unix connect/,
    "unix (create) type=dgram,": /grants unix create/,
    "unix (create) type=stream peer=(addr=@x),": /grants unix create/,
    "capability,": /grants capability /,
    "capability sys_admin,": /grants capability sys_admin/,
    "userns,": /grants userns /,
    "userns create,": /grants userns create/,
    "io_uring,": /grants io_uring /,
    "mqueue,": /grants mqueue /,
    "dbus,": /grants dbus /,
    "set rlimit nofile <= 1,": /grants set rlimit/,
    "link /a -> /b,": /grants link/,
    "allow,": /grants allow /,
};

/** What is left beside files. */
const GRANTED = [
    ...["inet", "inet6"].map((family) => `network ${family} stream`),
    ...["send", "receive"].map((access) => `signal ${access} peer=@{profile_name}`),
    "signal receive peer={unconfined,crun,runc}",
    ...["create", "bind", "listen", "getattr", "setattr", "getopt", "setopt", "shutdown"].map((access) => `unix ${access} type=stream`),
    ...["accept", "connect", "receive", "send"].map((access) => `unix ${access} type=stream peer=(label=@{profile_name})`),
];
const OF_ORCHESTRATOR = ["inet", "inet6"].map((family) => `network ${family} dgram`);

describe("policy: what no AppArmor profile may grant", () => {
    it("isn't in a good one", () => {
        assert.deepEqual(objections(APPROVED), []);
    });

    for (const [rule, said] of Object.entries(REFUSED)) {
        it(`is ${rule.slice(0, -1)}`, () => {
            const found = objections(plus(rule)).find((objection) => said.test(objection));
            assert.match(found ?? "", /\(18\)$/, JSON.stringify(objections(plus(rule))));
        });
    }

    it("may be denied", () => {
        assert.deepEqual(Object.keys(REFUSED).filter((rule) => /^[a-z_]+,$/.test(rule) && rule !== "allow,").flatMap((rule) => objections(plus(`deny ${rule}`))), []);
    });

    for (const [grants, role] of [[GRANTED, "evaluator"], [[...GRANTED, ...OF_ORCHESTRATOR], "orchestrator"]] as const) {
        it(`isn't what its ${role} needs, and is whatever only begins or ends like that`, () => {
            for (const grant of grants) {
                assert.deepEqual(objections(plus(`${grant},`), role), []);
                assert.deepEqual([`x ${grant}`, `${grant} x=y`].flatMap((other) => objections(plus(`${other},`), role)), [`grants x ${grant} (18)`, `grants ${grant} x=y (18)`]);
            }
        });
    }

    it("is UDP for evaluators, and not for the orchestrator", () => {
        assert.deepEqual(OF_ORCHESTRATOR.map((grant) => objections(plus(`${grant},`)).length), [1, 1]);
        assert.equal(objections(plus("network inet raw,"), "orchestrator").length, 1);
    });

    it("isn't under an abi and flags that confine", () => {
        assert.deepEqual(["kill", "mediate_deleted", "attach_disconnected"].flatMap((flag) => objections(edited("enforce", flag))), []);
        assert.deepEqual(objections(edited("abi/3.0", "abi/4.0")), []);
    });

    for (const flag of ["complain", "unconfined", "default_allow", "prompt", "chroot_relative", "attach_disconnected_path", "delegate_deleted"]) {
        it(`is under the flag ${flag}`, () => {
            assert.deepEqual(objections(edited("enforce", flag)), [`has the flag ${flag} (undefined)`]);
        });
    }

    it("is more than one file to write", () => {
        assert.deepEqual(objections(edited("/dev/null rw", "/dev/null rwk")), []);
        assert.equal(objections(edited("/dev/null rw", "/dev/nul{l,} rw")).length, 1);
    });

    for (const abi of ["", "abi <abi/kernel-5.4-vanilla>,", "abi <kernel>,"]) {
        it(`is anything under ${abi === "" ? "no abi" : abi}, which leaves it to the node what is mediated`, () => {
            assert.match(objections(edited("abi <abi/3.0>,", abi)).join("\n"), /not one of abi\/3\.0/);
        });
    }
});
