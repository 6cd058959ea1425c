import assert from "node:assert/strict";
import { pathOutside, TooIntricate } from "../../../policy/model/apparmor/containment";
import { parseGlob, type Glob } from "../../../policy/model/apparmor/glob";

function outside(pattern: string, ...others: readonly string[]): string | undefined {
    return pathOutside(parseGlob(pattern) as Glob, others.map((other) => parseGlob(other) as Glob));
}

describe("policy: which patterns contain which", () => {
    it("is told by an example", () => {
        assert.equal(outside("/etc/**", "/etc/*"), "/etc/~/");
        assert.equal(outside("/etc/{hosts,shadow}", "/etc/hosts"), "/etc/shadow");
        assert.equal(outside("/etc/hosts"), "/etc/hosts");
        assert.equal(outside("/{,**}", "/{,*}"), "/~/");
    });

    it("is about paths without doubled slashes, and about all of those", () => {
        assert.equal(outside("/{x/,}/y", "/y"), undefined);
        assert.equal(outside("/x/{**,*}/y"), "/x/~/y");
    });

    it("holds for several patterns together", () => {
        assert.equal(outside("/srv/{,**}", "/srv/", "/srv/**"), undefined);
        assert.equal(outside("/a/[1-4]", "/a/[12]", "/a/[3-9]"), undefined);
        assert.equal(outside("/a/[1-4]", "/a/[12]", "/a/[4-9]"), "/a/3");
    });

    it("is given up where it would take too long", () => {
        assert.equal(outside("/**", "/{*,*/**}"), undefined);
        assert.throws(() => outside("/**", "/{*,*/**}", `/**a${"?".repeat(20)}`), TooIntricate);
    });
});
