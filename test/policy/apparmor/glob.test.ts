import assert from "node:assert/strict";
import { parseGlob, type Glob } from "../../../policy/model/apparmor/glob";
import { pathOutside } from "../../../policy/model/apparmor/containment";

/** Whether the pattern matches this very path: the path is then contained in it. */
function matches(pattern: string, path: string): boolean {
    return pathOutside(parseGlob(path) as Glob, [parseGlob(pattern) as Glob]) === undefined;
}

const MATCHES: Readonly<Record<string, { readonly yes: readonly string[]; readonly no: readonly string[] }>> = {
    "/etc/hosts": { yes: ["/etc/hosts"], no: ["/etc/host", "/etc/hosts/", "/etc/hostss"] },
    "/etc/*": { yes: ["/etc/a", "/etc/a.b"], no: ["/etc/", "/etc/a/b"] },
    "/etc/**": { yes: ["/etc/a", "/etc/a/b", "/etc/a/"], no: ["/etc/", "/etc"] },
    "/a*": { yes: ["/a", "/ab"], no: ["/a/", "/ab/c"] },
    "/a**": { yes: ["/a", "/ab", "/a/", "/ab/c"], no: ["/", "/b"] },
    "/a*b": { yes: ["/ab", "/axb"], no: ["/a/b", "/a"] },
    "/srv/{,**}": { yes: ["/srv/", "/srv/a/b"], no: ["/srv"] },
    "/a/*/b": { yes: ["/a/x/b"], no: ["/a/b", "/a/x/y/b"] },
    "/lib/*.so{,.*}": { yes: ["/lib/.so", "/lib/x.so", "/lib/x.so.1"], no: ["/lib/x.sox", "/lib/x/y.so"] },
    "/a?": { yes: ["/ab"], no: ["/a", "/a/", "/abc"] },
    "/lua5.[1-4]": { yes: ["/lua5.1", "/lua5.4"], no: ["/lua5.0", "/lua5.5", "/lua5."] },
    "/x[b-b]": { yes: ["/xb"], no: ["/xa", "/xc"] },
    "/x[0-2a-b._+]": { yes: ["/x0", "/x2", "/xb", "/x.", "/x_", "/x+"], no: ["/x3", "/xc", "/x-", "/x/"] },
    "/{usr/{local/,},}bin": { yes: ["/usr/local/bin", "/usr/bin", "/bin"], no: ["/local/bin"] },
};

const NONE = ["etc", "", "/a b", '/"a"', "/@{x}", "/a\\b", "/[^a]", "/[]", "/[b-a]", "/[b-ac]", "/[.-0]", "/[.-A]", "/[A-z]", "/[0-a]", "/[a-]", "/[-a]", "/[a/b]", "/a***", "/{a}", "/{a,b", "/a}", "/a,b", "/a{,,b}", "//a", "/a//b", "/a{b,c}}", `/${"{a,b}".repeat(10)}`];

describe("policy: patterns for paths", () => {
    for (const [pattern, { yes, no }] of Object.entries(MATCHES)) {
        it(`${pattern} matches what apparmor.d(5) says`, () => {
            assert.deepEqual([...yes, ...no].filter((path) => matches(pattern, path)), yes);
        });
    }

    it("may stand for many paths, and not for more", () => {
        assert.equal(parseGlob(`/${"{a,b}".repeat(9)}`)?.paths.length, 512);
        assert.equal(parseGlob(`/${"{a,b}".repeat(9)}{c,d}`), undefined);
    });

    it("are refused where they can't be read", () => {
        assert.deepEqual(NONE.filter((text) => parseGlob(text) !== undefined), []);
    });
});
