import assert from "node:assert/strict";
import { pathOutside, TooIntricate } from "../../../policy/model/apparmor/containment";
import { parseGlob, type Glob } from "../../../policy/model/apparmor/glob";
import { anyGlob, everyPath, seeded, toRegExp } from "./globs";

function outside(pattern: string, ...others: readonly string[]): string | undefined {
    return pathOutside(parseGlob(pattern) as Glob, others.map((other) => parseGlob(other) as Glob));
}

const GIVEN_UP = Symbol();

function orGiveUp<Found>(find: () => Found): Found | typeof GIVEN_UP {
    try {
        return find();
    } catch (error) {
        assert.ok(error instanceof TooIntricate);
        return GIVEN_UP;
    }
}

const TRIALS = 200;
const PATHS = everyPath(["/", "a", "b", "c", "d"], 5).filter((path) => !path.includes("//"));

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

    it(`agrees with matching every short path, for ${String(TRIALS)} patterns made by chance`, function () {
        this.timeout(60_000);
        const next = seeded(20_261_124);
        const seen = { contained: 0, outside: 0 };
        for (let trial = 0; trial < TRIALS; trial += 1) {
            const [pattern = "", ...others] = Array.from({ length: 2 + next(3) }, () => anyGlob(next));
            if ([pattern, ...others].some((text) => parseGlob(text) === undefined)) {
                continue;
            }
            const [inner, outer] = [toRegExp(pattern), others.map(toRegExp)];
            const isOutside = (path: string) => inner.test(path) && !outer.some((other) => other.test(path));
            const found = orGiveUp(() => outside(pattern, ...others));
            if (found === GIVEN_UP) {
                continue;
            }
            seen[found === undefined ? "contained" : "outside"] += 1;
            assert.ok(found === undefined || isOutside(found), `${pattern} minus ${others.join(" ")} is said to have ${String(found)}`);
            const shortest = PATHS.find(isOutside);
            assert.ok(found !== undefined || shortest === undefined, `${pattern} minus ${others.join(" ")} has ${String(shortest)}`);
            assert.ok(shortest === undefined || (found ?? "").length <= shortest.length);
        }
        assert.ok(seen.contained > TRIALS / 20 && seen.outside > TRIALS / 20, JSON.stringify(seen));
    });

    it("is given up where it would take too long", () => {
        assert.equal(outside("/**", "/{*,*/**}"), undefined);
        assert.throws(() => outside("/**", "/{*,*/**}", `/**a${"?".repeat(20)}`), TooIntricate);
    });
});
