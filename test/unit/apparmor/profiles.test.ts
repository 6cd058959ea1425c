import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { renderProfile, renderProfiles } from "../../../infra/apparmor/profiles";

const SOURCES = join(__dirname, "../../../infra/apparmor/profiles");
const LUA = "wikifunctions-evaluator-lua";

describe("AppArmor profiles", () => {
    let directory: string;

    beforeEach(() => {
        directory = mkdtempSync(join(tmpdir(), "profiles-"));
        cpSync(SOURCES, directory, { recursive: true });
    });
    afterEach(() => rmSync(directory, { recursive: true }));

    const edit = (file: string, from: string | RegExp, to: string): void => {
        const text = readFileSync(join(directory, file), "utf8");
        const edited = text.replace(from, to);
        assert.notEqual(edited, text, "the edit changes something");
        writeFileSync(join(directory, file), edited);
    };

    it("exist for the orchestrator and every language", () => {
        assert.deepEqual(renderProfiles().all.map(({ source }) => source), [
            "wikifunctions-evaluator-javascript", LUA, "wikifunctions-evaluator-python", "wikifunctions-orchestrator",
        ]);
    });

    it("are named after their source and the hash of their text under its plain name", () => {
        for (const { source, name, text } of renderProfiles().all) {
            const plain = text.replace(`profile ${name} `, `profile ${source} `);
            assert.equal(name, `${source}-${createHash("sha256").update(plain).digest("hex").slice(0, 12)}`);
        }
    });

    it("have no include left, and one profile each", () => {
        for (const { text, name } of renderProfiles().all) {
            assert.doesNotMatch(text, /include/);
            assert.deepEqual(text.match(/^profile .*$/gm), [`profile ${name} flags=(enforce, attach_disconnected, mediate_deleted) {`]);
        }
    });

    it("are written in one way: without comments and empty lines, one rule a line, letters in their order", () => {
        for (const { text } of renderProfiles().all) {
            const [abi, head, ...rest] = text.split("\n");
            assert.deepEqual([abi, head?.startsWith("profile "), rest.slice(-2)], ["abi <abi/3.0>,", true, ["}", ""]]);
            assert.deepEqual(rest.slice(0, -2).filter((line) => !/^ {2}[a-z/][^#]*,$/.test(line)), []);
        }
    });

    it("are the same however the sources are spaced, commented on, and spelled", () => {
        const before = renderProfile(directory, LUA);
        edit("abstractions/never", "  deny /sys/** wl,\n", "\n# Never.\n\tdeny  /sys/**   lw,  # not these {\n");
        edit("abstractions/evaluator", "  /srv/service/{,**} mrix,", "/srv/service/{,**} ixrm,");
        edit("abstractions/base", "owner /proc/[0-9]*/fd/ r,", "owner  /proc/[0-9]*/fd/ r,");
        assert.deepEqual(renderProfile(directory, LUA), before);
    });

    it("get another name when an abstraction changes, but only those that include it", () => {
        const before = renderProfiles(directory);
        edit("abstractions/lua", "jit-2.*", "jit-2.1*");
        const after = renderProfiles(directory);
        const renamed = before.all.filter(({ source, name }) => after.all.some((profile) => profile.source === source && profile.name !== name));
        assert.deepEqual(renamed.map(({ source }) => source), [LUA]);
    });

    it("allow evaluators streams only, and to write nowhere but /dev/null", () => {
        for (const { source, text } of renderProfiles().all.filter(({ source: name }) => name.includes("evaluator"))) {
            const allowed = text.split("\n").map((line) => line.trim()).filter((line) => line !== "" && !/^(#|deny|abi|profile|\})/.test(line));
            assert.deepEqual(allowed.filter((rule) => rule.startsWith("network")), ["network inet stream,", "network inet6 stream,"], source);
            assert.deepEqual(allowed.filter((rule) => /\s[a-z]*[wal][a-z]*,$/.test(rule) && rule.startsWith("/")), ["/dev/null rw,"], source);
            assert.deepEqual(allowed.filter((rule) => /^(file|capability|mount|umount|ptrace|dbus|pivot_root|change_profile|userns)\b/.test(rule)), [], source);
            assert.ok(!allowed.some((rule) => /ux,|Ux,|px,|Px,|cx,/i.test(rule)), `${source} leaves its profile`);
        }
    });

    /** An edit of a good profile, and what is said about it. */
    const MISTAKES: readonly [string, string, string | RegExp, string, string][] = [
        ["an include of the system's", LUA, "include <abstractions/base>", "include <abstractions/dbus-session>", `${LUA}, line 5: "include <abstractions/dbus-session>" is none of the abstractions beside it`],
        ["an include of a whole tree", LUA, "include <abstractions/base>", "#include <tunables/global>", `${LUA}, line 5: "#include <tunables/global>" is none of the abstractions beside it`],
        ["an include out of the folder", LUA, "<abstractions/base>", '"../base"', `${LUA}, line 5: "include "../base"" is none of the abstractions beside it`],
        ["a nested include", "abstractions/lua", /^/, "include <abstractions/base>\n", "abstractions/lua, line 1: an abstraction may not include another"],
        ["complain mode", LUA, "(enforce,", "(complain,", `${LUA}, line 4: has to hold one profile, headed "profile ${LUA} flags=(enforce, attach_disconnected, mediate_deleted) {"`],
        ["another name", LUA, `profile ${LUA}`, "profile lua", `${LUA}, line 4: has to hold one profile, headed "profile ${LUA} flags=(enforce, attach_disconnected, mediate_deleted) {"`],
        ["a second profile", LUA, /$/, "profile free {\n}\n", `${LUA}, line 10: has to hold one profile, headed "profile ${LUA} flags=(enforce, attach_disconnected, mediate_deleted) {"`],
        ["a child profile", "abstractions/lua", /$/, "  profile free {\n  }\n", `abstractions/lua, line 4: has to hold one profile, headed "profile ${LUA} flags=(enforce, attach_disconnected, mediate_deleted) {"`],
        ["a lost brace", LUA, /\}\n$/, "", `${LUA}, line 4: braces do not match: "profile ${LUA} flags=(enforce, attach_disconnected, mediate_deleted) {"`],
        ["a brace too many", LUA, /$/, "}\n", `${LUA}, line 10: braces do not match: "}"`],
        ["a lost comma", "abstractions/never", "deny mount,", "deny mount", 'abstractions/never, line 3: a rule has to end in a comma: "deny mount"'],
    ];

    for (const [title, file, from, to, expected] of MISTAKES) {
        it(`refuse ${title}, naming file and line`, () => {
            edit(file, from, to);
            assert.throws(() => renderProfile(directory, LUA), { message: `AppArmor profile ${expected}` });
        });
    }

    it("tell of a workload that has none", () => {
        assert.throws(() => renderProfiles().nameOf("evaluator-ruby"), { message: "AppArmor profile wikifunctions-evaluator-ruby: is missing; every workload needs a profile of its own" });
    });
});
