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

describe("policy: which patterns contain which, by chance", () => {
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
});
