import assert from "node:assert/strict";
import { demandedBy, demands, labelsIn, selects, type Labels } from "../../policy/model/labels";
import type { Field } from "../../policy/model/read";
import { MALFORMED, UNKNOWN, type Value } from "../../policy/model/resource";

const at = (value: Value): Field => ({ path: "", value });

const KEYS = ["a", "b"];
const VALUES = ["x", "y"];

/** Every way of labelling with two keys and two values, and without. */
const LABELLINGS: readonly Labels[] = [undefined, ...VALUES].flatMap((a) => [undefined, ...VALUES].map((b) => Object.fromEntries(Object.entries({ a, b }).filter(([, value]) => value !== undefined)) as Labels));

interface Expression { readonly key: string; readonly operator: string; readonly values: readonly string[] }
const EXPRESSIONS: readonly Expression[] = KEYS.flatMap((key) => [
    ...["In", "NotIn"].flatMap((operator) => [["x"], ["y"], ["x", "y"]].map((values) => ({ key, operator, values }))),
    ...["Exists", "DoesNotExist"].map((operator) => ({ key, operator, values: [] })),
]);

/** What the API reference says of each operator, written out anew. */
function matches(labels: Labels, { key, operator, values }: Expression): boolean {
    const has = key in labels;
    const among = values.some((value) => labels[key] === value);
    switch (operator) {
        case "In": return has && among;
        case "NotIn": return !has || !among;
        case "Exists": return has;
        default: return !has;
    }
}

/** Every selector of one label and up to two expressions. */
function* selectors(): Generator<{ matchLabels: Labels; matchExpressions: readonly Expression[] }> {
    for (const matchLabels of LABELLINGS) {
        for (const [index, first] of EXPRESSIONS.entries()) {
            yield { matchLabels, matchExpressions: [first] };
            for (const second of EXPRESSIONS.slice(index)) {
                yield { matchLabels, matchExpressions: [first, second] };
            }
        }
    }
}

const selected = ({ matchLabels, matchExpressions }: { matchLabels: Labels; matchExpressions: readonly Expression[] }, labels: Labels): boolean =>
    Object.entries(matchLabels).every(([key, value]) => labels[key] === value) && matchExpressions.every((expression) => matches(labels, expression));

/** Selectors that can't be read as Kubernetes would. */
const UNREADABLE: Readonly<Record<string, Value>> = {
    "an unknown": UNKNOWN,
    "nothing": undefined,
    "null": null,
    "a text": "a=b",
    "a list": [],
    "unknown labels": { matchLabels: UNKNOWN },
    "an unknown label": { matchLabels: { a: UNKNOWN } },
    "a label that is a number": { matchLabels: { a: 1 } },
    "unknown expressions": { matchExpressions: UNKNOWN },
    "expressions in an object": { matchExpressions: {} },
    "an unknown key": { matchExpressions: [{ key: UNKNOWN, operator: "Exists" }] },
    "an unknown operator": { matchExpressions: [{ key: "a", operator: UNKNOWN }] },
    "an operator of another kind of selector": { matchExpressions: [{ key: "a", operator: "Gt", values: ["1"] }] },
    "an operator's name that every object has": { matchExpressions: [{ key: "a", operator: "constructor" }] },
    "unknown values": { matchExpressions: [{ key: "a", operator: "In", values: UNKNOWN }] },
    "an unknown value": { matchExpressions: [{ key: "a", operator: "In", values: [UNKNOWN] }] },
};

describe("policy model: labels", () => {
    it("select as the API reference says, for every small selector and labelling", () => {
        let cases = 0;
        for (const selector of selectors()) {
            for (const labels of LABELLINGS) {
                assert.equal(selects(at(selector as unknown as Value), labels), selected(selector, labels), JSON.stringify({ selector, labels }));
                cases += 1;
            }
        }
        assert.ok(cases > 10_000);
    });

    it("are demanded only by selectors that select nothing without them", () => {
        let demanding = 0;
        for (const selector of selectors()) {
            for (const least of LABELLINGS.filter((labels) => demands(at(selector as unknown as Value), labels))) {
                demanding += 1;
                for (const labels of LABELLINGS.filter((candidate) => selected(selector, candidate))) {
                    assert.ok(Object.entries(least).every(([key, value]) => labels[key] === value), JSON.stringify({ selector, least, labels }));
                }
            }
        }
        assert.ok(demanding > 1000);
    });

    it("are all selected by an empty selector, and none of them is demanded", () => {
        for (const selector of [{}, { matchLabels: {}, matchExpressions: [] }, { matchLabels: null, matchExpressions: null }]) {
            assert.equal(selects(at(selector), { a: "x" }), true);
            assert.equal(selects(at(selector), {}), true);
            assert.deepEqual(demandedBy(at(selector)), {});
        }
    });

    it("are none where an expression has no values", () => {
        const selector = at({ matchExpressions: [{ key: "a", operator: "In" }] });
        assert.equal(selects(selector, { a: "x" }), false);
        assert.deepEqual(demandedBy(selector), {});
    });

    for (const [name, selector] of Object.entries(UNREADABLE)) {
        it(`can't be told to be selected or demanded by ${name}`, () => {
            assert.equal(selects(at(selector), { a: "x" }), undefined);
            assert.equal(demands(at(selector), { a: "x" }), false);
        });
    }

    it("may have any value where that is said", () => {
        const hidden = (key: string) => key === "a";
        for (const expression of EXPRESSIONS) {
            const selector = at({ matchExpressions: [expression] } as unknown as Value);
            assert.equal(selects(selector, { a: "other" }, hidden), expression.key === "a" || matches({}, expression));
        }
    });

    it("aren't found where every object has something", () => {
        assert.equal(selects(at({ matchExpressions: [{ key: "constructor", operator: "Exists" }] }), {}), false);
        assert.equal(demands(at({ matchLabels: {} }), { constructor: "x" }), false);
    });

    it("are read where all are texts", () => {
        assert.deepEqual(labelsIn(at({ a: "x" })), { a: "x" });
        assert.deepEqual([null, undefined].map((none) => labelsIn(at(none))), [{}, {}]);
        const others: Value[] = [UNKNOWN, MALFORMED, "a", [], { a: 1 }, { a: UNKNOWN }, { a: null }];
        assert.ok(others.every((other) => labelsIn(at(other)) === undefined));
    });
});
