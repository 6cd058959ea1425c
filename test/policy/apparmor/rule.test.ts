import assert from "node:assert/strict";
import { ruleOf } from "../../../policy/model/apparmor/rule";

/** A rule in short: `+` or `-`, whose files, the path, and each access; or each grant. */
function short(text: string): string {
    const rule = ruleOf({ words: text.split(" "), line: 1, end: "," });
    if ("is" in rule) {
        return `problem: ${rule.is}`;
    }
    const sign = rule.allows ? "+" : "-";
    return "glob" in rule ? `${sign}${rule.owner ? "owner " : ""}${rule.glob.text} ${[...rule.access].join(" ")}` : rule.grants.map((grant) => sign + grant).join("; ");
}

const RULES: Readonly<Record<string, string>> = {
    "/etc/** mr": "+/etc/** m r",
    "/srv/x mrix": "+/srv/x m r x",
    "/dev/null w": "+/dev/null w a",
    "/x a": "+/x a",
    "/x rpix": "+/x r pix",
    "/x ux": "+/x ux",
    "/x Px": "+/x Px",
    "owner /x r": "+owner /x r",
    "audit deny owner /x rwlkmx": "-owner /x r w a l k m x",
    "allow /x r": "+/x r",
    "network inet stream": "+network inet stream",
    "deny network raw": "-network raw",
    "unix (send, receive) type=stream peer=(label=x)": "+unix send type=stream peer=(label=x); +unix receive type=stream peer=(label=x)",
    "signal (send) peer=x": "+signal send peer=x",
    "unix (send) type=stream and more": "+unix (send) type=stream and more",
    "x unix (send) type=stream": "+x unix (send) type=stream",
    "capability sys_admin": "+capability sys_admin",
    "capability": "+capability",
    "file": "+file",
    "r /x": "+r /x",
    "change_profile -> x": "+change_profile -> x",
};

const PROBLEMS = [
    "/x x", "/x rx", "/x", "/x r w", "/x R", "/x rz", "/x zr", "Xnetwork inet", "-network inet", "access /x r", "safe /x r", "unsafe /x r", "/x rw -> y", "/@{x} r", "@{x} r", '"/x" r', "owner network inet", "deny audit /x r",
    "owner deny /x r", "other /x r", "quiet /x r", "prompt /x r", "priority=1 /x r", "-> x", "<= x", "audit audit /x r",
];

describe("policy: AppArmor's rules", () => {
    for (const [text, read] of Object.entries(RULES)) {
        it(`reads ${text}`, () => {
            assert.equal(short(text), read);
        });
    }

    for (const text of PROBLEMS) {
        it(`can't read ${text}`, () => {
            assert.match(short(text), /^problem: has /);
        });
    }
});
