import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { loosenings } from "../../../policy/model/apparmor/diff";
import { parseProfile, type Profile } from "../../../policy/model/apparmor/parser";
import { skip } from "../../missing";
import { anyPair, opened } from "./differential/any-profile";
import { compile, gain, parserOutput } from "./differential/compiled";
import { seeded } from "./globs";
import { approvedTexts } from "./texts";

/** Enough to notice a difference in a few seconds; APPARMOR_PAIRS=5000 takes some minutes. */
const PAIRS = Number(process.env["APPARMOR_PAIRS"] ?? 150);
const SEED = Number(process.env["APPARMOR_SEED"] ?? 20_261_127);
/** Profiles for one start of the parser. */
const BATCH = 50;

const next = seeded(SEED);
const approved = Object.values(approvedTexts("production"));
/** The parser's output is in the order of the names. */
const nameOf = (index: number): string => `p${String(index).padStart(3, "0")}`;

/** Two texts, and whether the first is said to be no wider than the second. */
interface Pair {
    readonly texts: readonly [inner: string, outer: string];
    readonly isNoWider: boolean;
}

function read(text: string): Profile {
    const { profile, problems } = parseProfile(text);
    assert.deepEqual(problems, [], text);
    return profile;
}

/** A pair made by chance: the one against the other if that is said to be no wider, else the other against the one. */
function anyVerdict(name: string): Pair {
    const [one, other] = anyPair(next, approved, name);
    const [first, second] = [read(one), read(other)];
    return loosenings(first, second).length === 0
        ? { texts: [one, other], isNoWider: true }
        : { texts: [other, one], isNoWider: loosenings(second, first).length === 0 };
}

/** By the parser's automata: what the first of each pair grants and the second doesn't. */
function gains(pairs: readonly Pair[], change: (text: string) => string): (string | undefined)[] {
    const [inner = [], outer = []] = [0, 1].map((side) => compile(pairs.map(({ texts }) => change(texts[side] ?? ""))));
    const names = pairs.map((_, index) => nameOf(index));
    assert.deepEqual([inner, outer].map((side) => side.map(({ name }) => name)), [names, names]);
    return inner.map((each, index) => gain(each, outer[index] ?? each));
}

/** How many pairs there were of each sort. */
const count = { pairs: 0, noWider: 0, otherwise: 0, otherwiseAndGains: 0, otherwiseAndGainsOnceOpened: 0 };

/** Compares verdicts with what the profiles grant as they are, and with everything allowed but what they deny. */
function compareBatch(size: number): void {
    const pairs = Array.from({ length: size }, (_, index) => anyVerdict(nameOf(index)));
    const [plain = [], wide = []] = [(text: string) => text, opened].map((change) => gains(pairs, change));
    for (const [index, { texts: [inner, outer], isNoWider }] of pairs.entries()) {
        const found = plain[index] ?? wide[index];
        const said = `${inner}is said to be no wider than\n${outer}and gains ${JSON.stringify(found)}`;
        assert.ok(!isNoWider || found === undefined, said);
        count.pairs += 1;
        count[isNoWider ? "noWider" : "otherwise"] += 1;
        count.otherwiseAndGains += plain[index] === undefined ? 0 : 1;
        count.otherwiseAndGainsOnceOpened += plain[index] === undefined && found !== undefined ? 1 : 0;
    }
}

describe("policy: verdicts on AppArmor profiles, against apparmor_parser's own automata", function () {
    this.timeout(30_000 + PAIRS * 1000);

    before(function () {
        if (parserOutput("") === undefined) {
            const what = "comparison of verdicts on AppArmor profiles with apparmor_parser's automata";
            skip(this, what, "apparmor_parser", "apt-get install apparmor");
        }
    });

    it(`say "no wider" of none that grants more, among ${String(PAIRS)} pairs made by chance`, () => {
        for (let left = PAIRS; left > 0; left -= BATCH) {
            compareBatch(Math.min(left, BATCH));
        }
        if (process.env["APPARMOR_PAIRS"] !== undefined) {
            console.log(`      ${JSON.stringify(count)}`);
        }
        // Both verdicts are given often, and the rest mostly with reason.
        assert.ok(count.noWider > PAIRS / 4, JSON.stringify(count));
        const gaining = count.otherwiseAndGains + count.otherwiseAndGainsOnceOpened;
        assert.ok(gaining > count.otherwise * 0.9, JSON.stringify(count));
    });

    it("know only forms that the parser takes, and it reads them as one rule", () => {
        const lines = readFileSync(join(__dirname, "lines.yaml"), "utf8");
        const { passes } = parse(lines) as { readonly passes: readonly string[] };
        const [text = ""] = approved;
        const [base] = compile([text]);
        for (const line of passes) {
            const [longer] = compile([text.replace(/\}\n$/, () => `  ${line}\n}\n`)]);
            assert.ok(base !== undefined && longer !== undefined);
            assert.equal(gain(longer, base), undefined, line);
        }
    });
});
