import assert from "node:assert/strict";
import { loosenings } from "../../../policy/model/apparmor/diff";
import { parseProfile } from "../../../policy/model/apparmor/parser";
import { APPROVED, edited, plus } from "./texts";

function looser(text: string, approved = APPROVED): string[] {
    const [profile, other] = [text, approved].map((each) => {
        const parsed = parseProfile(each);
        assert.deepEqual(parsed.problems, []);
        return parsed.profile;
    });
    return profile === undefined || other === undefined ? [] : loosenings(profile, other).map(({ is, line }) => `${is} (${String(line)})`);
}

const TIGHTER: Readonly<Record<string, string>> = {
    "the same": APPROVED,
    "its rules in another order": edited("  deny capability,\n  deny network raw,\n", "  deny network raw,\n  deny capability,\n"),
    "a rule twice": plus("/dev/null rw,"),
    "a list in two rules": edited("(send, receive) peer=@{profile_name},", "(send) peer=@{profile_name},\n  signal (receive) peer=@{profile_name},"),
    "fewer peers": edited("{unconfined,crun,runc}", "{crun,runc}"),
    "the mapping that executing includes": plus("/srv/x m,"),
    "fewer files": edited("{group,hosts}", "group"),
    "a path of the pattern": edited("/usr/lib/**", "/usr/lib/python3/*.so"),
    "the pattern in two parts": edited("/srv/{,**} mrix,", "/srv/ r,\n  /srv/** mrix,"),
    "less access": edited("/srv/{,**} mrix", "/srv/{,**} r"),
    "own files only": edited("/etc/{group,hosts} r", "owner /etc/{group,hosts} r"),
    "no network": edited("  network inet stream,\n", ""),
    "fewer accesses of a socket": edited("(create, bind)", "(create)"),
    "another deny": plus("deny /usr/lib/x r,"),
    "a wider deny": edited("deny /srv/secret/** rwx", "deny /srv/{secret,other}/{,**} mrwlkx"),
    "a deny of the whole class": edited("deny network raw", "deny network"),
    "a grant that its own deny takes back": plus("/opt/x r,\n  deny /opt/** rwx,"),
    "fewer flags": edited("enforce, attach_disconnected", "enforce"),
    "the stricter flag": edited("enforce,", "kill,"),
};

const LOOSER: Readonly<Record<string, readonly [text: string, said: RegExp]>> = {
    "another file": [plus("/etc/shadow r,"), /^grants "r" on \/etc\/shadow, for instance on \/etc\/shadow, .* \(16\)$/],
    "a wider pattern": [edited("/etc/{group,hosts}", "/etc/*"), /^grants "r" on \/etc\/\*, for instance on \/etc\/./],
    "a pattern that is wider in one corner": [edited("/usr/lib/**", "/usr/lib{,64}/**"), /for instance on \/usr\/lib64\//],
    "the folder itself": [edited("/usr/lib/**", "/usr/lib/{,**}"), /for instance on \/usr\/lib\/, /],
    "more access": [edited("/usr/lib/** mr", "/usr/lib/** mrk"), /^grants "k" on/],
    "execution": [edited("/usr/lib/** mr", "/usr/lib/** mrix"), /^grants "x" on/],
    "others' files": [edited("owner /proc", "/proc"), /for instance on others' \/proc/],
    "another file of its own": [plus("owner /opt/x r,"), /^grants "r" on \/opt\/x, for instance on \/opt\/x, .* \(16\)$/],
    "a network": [plus("network inet6 stream,"), /^grants network inet6 stream, .* \(16\)$/],
    "a signal": [plus("signal (send) peer={unconfined,crun,runc},"), /^grants signal \(send\) peer=unconfined/],
    "an access of a socket": [edited("(create, bind)", "(create, bind, listen)"), /^grants unix \(listen\) type=stream/],
    "a deny less": [edited("  deny /srv/secret/** rwx,\n", ""), /^no longer denies "rwx" on \/srv\/secret\/\*\*, as line 15/],
    "a narrower deny": [edited("/srv/secret/**", "/srv/secret/*"), /^no longer denies "rwx"/],
    "a deny of less": [edited("secret/** rwx", "secret/** rw"), /^no longer denies "x"/],
    "a deny for own files only": [edited("deny /srv", "deny owner /srv"), /^no longer denies/],
    "a deny of a network less": [edited("  deny network raw,\n", ""), /^no longer denies network raw/],
    "a deny of another type": [edited("deny network raw,", "deny network rdm,"), /^no longer denies network raw/],
    "a deny of one family": [edited("deny network raw,", "deny network inet raw,"), /^no longer denies network raw/],
    "a signal to everybody": [edited("signal (send, receive) peer=@{profile_name},", "signal (send, receive),"), /^grants signal \(send\), which/],
    "every signal": [edited("signal (send, receive) peer=@{profile_name},", "signal peer=@{profile_name},"), /^grants signal peer=@/],
    "mapping, by way of executing": [edited("/srv/{,**} mrix", "/srv/{,**} mrix,\n  /etc/group ix"), /^grants "xm" on \/etc\/group/],
    "a capability": [plus("capability chown,"), /^grants capability chown, /],
    "a kept deny of one capability": [edited("deny capability,", "deny capability chown,"), /^no longer denies capability,/],
    "a deny of one capability for all": [edited("deny capability,", "deny capability sys_admin,"), /^no longer denies capability,/],
    "another flag": [edited("attach_disconnected", "attach_disconnected, mediate_deleted"), /^has the flag mediate_deleted/],
    "another abi": [edited("abi/3.0", "abi/4.0"), /^has abi\/4\.0/],
};

describe("policy: an AppArmor profile against the approved one", () => {
    for (const [what, text] of Object.entries(TIGHTER)) {
        it(`is no looser with ${what}`, () => {
            assert.deepEqual(looser(text), []);
        });
    }

    for (const [what, [text, said]] of Object.entries(LOOSER)) {
        it(`is looser with ${what}`, () => {
            assert.match(looser(text).find((each) => said.test(each)) ?? looser(text).join("\n"), said);
        });
    }

    it("is looser where only the approved one executes, and so maps, and this one maps by itself elsewhere", () => {
        assert.deepEqual(looser(APPROVED, edited("/srv/{,**} mrix", "/srv/{,**} rix")), []);
        assert.match(looser(APPROVED, edited("/srv/{,**} mrix", "/srv/{,**} r")).join("\n"), /grants "mx" on/);
    });

    it("is looser by mapping where executing itself is denied again", () => {
        assert.deepEqual(looser(plus("/opt/x ix,\n  deny /opt/x x,")), ['grants "m" on /opt/x, for instance on /opt/x, which the approved profile doesn\'t (16)']);
        assert.deepEqual(looser(plus("/opt/x ix,\n  deny /opt/x mx,")), []);
    });

    it("may deny a list in several rules", () => {
        const listed = edited("deny capability,", "deny capability chown kill,");
        assert.deepEqual(looser(edited("deny capability,", "deny capability kill,\n  deny capability chown,"), listed), []);
        assert.match(looser(edited("deny capability,", "deny capability kill,"), listed).join("\n"), /^no longer denies capability chown, as line 13/);
    });

    it("is looser without the flag that kills", () => {
        assert.deepEqual(looser(APPROVED, edited("enforce,", "kill,")), ["lacks the flag kill (undefined)"]);
    });

    it("is taken for looser where that can't be told", () => {
        const wide = edited("/etc/{group,hosts} r", `/etc/{*,*/**} r,\n  /etc/**a${"?".repeat(20)} r`);
        assert.match(looser(edited("/etc/{group,hosts} r", "/etc/** r"), wide).join("\n"), /too intricate/);
    });
});
