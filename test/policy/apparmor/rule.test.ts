import assert from "node:assert/strict";
import { printRule, ruleOf } from "../../../policy/model/apparmor/rule";

/** A rule in short: `+` or `-`, whose files, the path, and each access; or each place of another rule. */
function short(text: string): string {
    const rule = ruleOf(text, 1);
    if (rule === undefined) {
        return "unknown";
    }
    const sign = rule.allows ? "+" : "-";
    return "glob" in rule
        ? `${sign}${rule.owner ? "owner " : ""}${rule.glob.text} ${[...rule.access].join(" ")}`
        : `${sign}${rule.is.keyword} ${rule.is.words.map((words) => words?.join("|") ?? "all").join("; ")}`.trim();
}

/** Rules by how they are written, as they are read. */
const RULES: Readonly<Record<string, string>> = {
    "/etc/** mr,": "+/etc/** m r",
    "/srv/x mrix,": "+/srv/x m r x",
    "/srv/x ix,": "+/srv/x x m",
    "/dev/null w,": "+/dev/null w a",
    "/x a,": "+/x a",
    "owner /x r,": "+owner /x r",
    "deny owner /x mrwlkx,": "-owner /x m r w a l k x",
    "deny /x x,": "-/x x",
    "network,": "+network all; all",
    "network inet stream,": "+network inet; stream",
    "deny network raw,": "-network all; raw",
    "deny network packet,": "-network packet; all",
    "deny network packet packet,": "-network packet; packet",
    "unix,": "+unix all; all; all",
    "unix (accept, receive) type=stream peer=(label=@{profile_name}),": "+unix accept|receive; stream; @{profile_name}",
    "signal (send) peer=crun,": "+signal send; crun",
    "signal (receive) peer={unconfined,crun,runc},": "+signal receive; unconfined|crun|runc",
    "deny ptrace (trace, read) peer={@{profile_name},unconfined},": "-ptrace trace|read; @{profile_name}|unconfined",
    "deny capability,": "-capability all",
    "capability chown sys_admin,": "+capability chown|sys_admin",
    "deny mount,": "-mount",
    "deny umount,": "-umount",
    "deny pivot_root,": "-pivot_root",
    "deny dbus,": "-dbus",
};

/** What is read, so that a message can say how it has to be written. */
const OTHERWISE: Readonly<Record<string, string>> = {
    "/x rm,": "/x mr,",
    "/x rwlkmix,": "/x mrwlkix,",
    "/x rr,": "/x r,",
    "signal (receive, send),": "signal (send, receive),",
    "signal (send, send) peer={crun},": "signal (send) peer=crun,",
    "deny capability kill chown kill,": "deny capability chown kill,",
};

describe("policy: AppArmor's rules", () => {
    for (const [text, read] of Object.entries(RULES)) {
        it(`are ${text} among others, and print just as they are`, () => {
            const rule = ruleOf(text, 1);
            assert.ok(rule !== undefined);
            assert.deepEqual([short(text), printRule(rule)], [read, text]);
        });
    }

    for (const [text, printed] of Object.entries(OTHERWISE)) {
        it(`print ${text} in the one way that it may be written`, () => {
            const rule = ruleOf(text, 1);
            assert.equal(rule === undefined ? undefined : printRule(rule), printed);
        });
    }

    it("have no other forms", () => {
        const others = [
            "/x x", "/x r", "/x x,", "deny /x ix,", "/x wa,", "/x ux,", "/x r w,", "/x r ,", " /x r,", "/x  r,",
            "owner network inet,", "network inet,file,", "", ",", "deny,", "x,",
        ];
        assert.deepEqual(others.filter((text) => short(text) !== "unknown"), []);
    });
});
