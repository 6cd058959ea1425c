import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { parse } from "yaml";
import type { Resource, Value } from "../../../../policy/model/resource";
import { differencesOf } from "../../../../policy/posture/approved/differences";
import { TABLE } from "../../../../policy/posture/approved/table";
import { posture, resource } from "../../fixtures";
import { keysOf, set } from "../../harness";

interface Example {
    readonly approved: Value;
    readonly same?: readonly Value[];
    readonly neutral?: readonly Value[];
    readonly tighter?: readonly Value[];
    readonly blocks: readonly Value[];
}

const EXAMPLES = parse(readFileSync(path.join(__dirname, "orders.yaml"), "utf8")) as Readonly<Record<string, Readonly<Record<string, Example | readonly Example[]>>>>;

/** Rows that are about more than two values, and where they are tested. */
const ELSEWHERE: Readonly<Record<string, string>> = {
    data: "test/policy/apparmor/lines.test.ts, test/commands/posture.test.ts",
    "metadata.name": "test/policy/posture/approved/file.test.ts",
    spec: "test/policy/rules/approved-objects-guards.test.ts",
    "spec.limits.*": "test/policy/rules/approved-objects-bounds.test.ts",
    "metadata.annotations.*": "test/policy/posture/approved/words.test.ts",
    "metadata.labels.*": "test/policy/posture/approved/words.test.ts",
    context: "test/policy/rules/known-provider.test.ts",
};

/** Lists by name or number, and what their entries are called. */
const NAMES: Readonly<Record<string, string>> = { containers: "name", env: "name", ports: "name", volumes: "name", limits: "type" };
const LISTS = [...Object.keys(NAMES), "topologySpreadConstraints"];

/** An object with one value at a place of the table. */
function objectWith(kind: string, pattern: string, value: Value): Resource {
    const keys = keysOf(pattern).map(String);
    const isEntry = (index: number): boolean => LISTS.includes(keys[index - 1] ?? "") && !(keys[index - 1] === "limits" && keys[index - 2] === "resources");
    const real = keys.map((key, index) => (isEntry(index) ? 0 : key.replaceAll("*", "c")));
    const named = keys.flatMap((key, index): [(string | number)[], string][] => {
        const name = isEntry(index) ? NAMES[keys[index - 1] ?? ""] : undefined;
        return name === undefined || index === keys.length - 1 ? [] : [[[...real.slice(0, index + 1), name], key.replaceAll("*", "c")]];
    });
    const base: Value = { kind, metadata: { name: "x", namespace: posture.namespace } };
    const gone = value === null ? undefined : value;
    const isGoneEntry = gone === undefined && isEntry(keys.length - 1);
    const whole = isGoneEntry ? set(base, real.slice(0, -1), []) : set(base, real, gone);
    return resource(`kubernetes:x/v1:${kind}`, "x", named.reduce((props, [at, name]) => set(props, at, name), whole) as Resource["props"]);
}

/** By verdict, what is demanded instead. Nothing where the values are the same. */
function verdictsOf(kind: string, pattern: string, approved: Value, now: Value): Map<string, string> {
    const found = differencesOf(objectWith(kind, pattern, approved), objectWith(kind, pattern, now), posture);
    return new Map(found.map(({ verdict, must }) => [verdict, must]));
}

/** All rows but those that are tested elsewhere: each place of a row is tried with the examples of its own, or else with those of the row. */
const PLACES = TABLE.flatMap(({ kinds, paths }) => {
    const own = (kind: string, at: string): Example | readonly Example[] | undefined => EXAMPLES[kind]?.[at];
    const shared = kinds.flatMap((kind) => paths.map((at) => own(kind, at))).find((example) => example !== undefined);
    return kinds.flatMap((kind) => paths.map((at) => ({ kind, at, examples: [own(kind, at) ?? shared ?? []].flat() })));
}).filter(({ examples }) => examples.length > 0);

/** Values with the verdicts that are expected of each. */
function told(values: readonly Value[], ...verdicts: readonly string[]): [Value, readonly string[]][] {
    return values.map((value) => [value, verdicts]);
}

describe("policy: the orders in which a field may differ from what is approved", () => {
    for (const { kind, at, examples } of PLACES) {
        it(`${kind} ${at}: as approved or tighter passes, looser doesn't`, () => {
            for (const { approved, same = [], neutral = [], tighter = [], blocks } of examples) {
                const verdicts = (now: Value): string[] => [...verdictsOf(kind, at, approved, now).keys()];
                const wanted = [...told([approved, ...same]), ...told(neutral, "neutral"), ...told(tighter, "tighter")];
                assert.deepEqual(wanted.map(([now]) => [now, verdicts(now)]), wanted);
                for (const now of blocks) {
                    const must = verdictsOf(kind, at, approved, now).get("looser");
                    assert.match(must ?? "", /^(?!undefined).*[\w"]/s, JSON.stringify(now));
                }
            }
        });
    }

    for (const { kinds, paths, why } of TABLE) {
        it(`${kinds.join(", ")} ${String(paths[0])} has examples both ways, and a reason`, () => {
            assert.match(why, /^[A-Z].{10,}\.$/);
            const shown = kinds.some((kind) => paths.some((each) => EXAMPLES[kind]?.[each] !== undefined));
            assert.ok(shown || paths.some((each) => Object.hasOwn(ELSEWHERE, each)), paths.join(", "));
        });
    }

    it("are for the kinds and fields of docs/orders.md, and no others", () => {
        const rows = readFileSync(path.join(__dirname, "../../../../docs/orders.md"), "utf8").split("\n").filter((line) => line.startsWith("| ") && line.includes("`"));
        const written = rows.slice(0, TABLE.length).map((row) => row.split(" | ")).map(([kinds = "", fields = ""]) => [kinds.slice(2).replaceAll("\\", ""), fields.slice(1, -1).split("`<br>`")]);
        assert.deepEqual(TABLE.map(({ kinds, paths }) => [kinds.join(", "), paths]), written);
    });

    it("have no example for a row that isn't there", () => {
        const all = TABLE.flatMap(({ kinds, paths }) => kinds.flatMap((kind) => paths.map((each) => `${kind} ${each}`)));
        const strays = Object.entries(EXAMPLES).flatMap(([kind, examples]) => Object.keys(examples).map((each) => `${kind} ${each}`)).filter((each) => !all.includes(each));
        assert.deepEqual(strays, []);
    });
});
