import assert from "node:assert/strict";
import { IPv4, IPv6 } from "ipaddr.js";
import { isCidr, isCovered, isWithin, overlaps } from "../../../policy/model/network/cidr";

/** The same numbers in every run: a linear congruential generator. */
function numbers(seed: number): (below: number) => number {
    let state = seed;
    return (below) => {
        state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
        return Math.floor((state / 2 ** 32) * below);
    };
}

const FAMILIES = {
    IPv4: { bytes: 4, address: (bytes: number[]) => new IPv4(bytes) },
    IPv6: { bytes: 16, address: (bytes: number[]) => new IPv6(bytes) },
} as const;

type Address = IPv4 | IPv6;

/** Whether a block holds an address, by ipaddr.js. */
const holds = (base: Address, length: number, address: Address): boolean => address.match(base, length);

describe("policy model: blocks of addresses", () => {
    for (const [family, { bytes, address }] of Object.entries(FAMILIES)) {
        it(`of ${family} lie in one another if and only if their addresses do`, () => {
            const below = numbers(6);
            const bits = bytes * 8;
            let inside = 0;
            for (let round = 0; round < 3000; round += 1) {
                const outer = Array.from({ length: bytes }, () => below(256));
                const [most, length] = [below(bits + 1), below(bits + 1)];
                // Near to the outer block: equal up to a bit, which is flipped.
                const flipped = below(bits + 8);
                const inner = outer.map((byte, index) => (index === flipped >> 3 ? byte ^ (0x80 >> (flipped & 7)) : byte));
                const [outerBase, innerBase] = [address(outer), address(inner)];
                const ends = [0, 255].map((fill) => address(inner.map((byte, index) => {
                    const kept = Math.min(8, Math.max(0, length - index * 8));
                    const mask = (0xff << (8 - kept)) & 0xff;
                    return (byte & mask) | (fill & ~mask & 0xff);
                })));
                // A block is an interval, so that it lies in another one if its first and last addresses do.
                const expected = ends.every((end) => holds(outerBase, most, end));
                inside += expected ? 1 : 0;
                const [innerText, outerText] = [`${innerBase.toString()}/${String(length)}`, `${outerBase.toString()}/${String(most)}`];
                assert.equal(isWithin(innerText, outerText), expected, `${innerText} in ${outerText}`);
            }
            assert.ok(inside > 300 && inside < 2700);
        });
    }

    it("of one family never lie in one of the other", () => {
        for (const [inner, outer] of [["10.0.0.0/8", "::/0"], ["::ffff:10.0.0.0/104", "0.0.0.0/0"], ["::ffff:a00:0/104", "10.0.0.0/8"], ["10.0.0.0/8", "::ffff:0:0/96"]] as const) {
            assert.equal(isWithin(inner, outer), false, `${inner} in ${outer}`);
        }
    });

    const NONE = [
        ...["", "10.0.0.0", "10.0.0.0/", "/8", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/8/8", "10.0.0/8", "10/8", "010.0.0.0/8", "0x0a.0.0.0/8", "167772160/8", "10.0.0.256/32", " 10.0.0.0/8", "10.0.0.0/8 "],
        ...["::", "::/129", "::g/64", "1::2::3/64", "fe80::1%eth0/64", "::ffff:10.0.0.0/104", "::ffff:010.0.0.0/104", "[::]/0", "any"],
    ];
    for (const text of NONE) {
        it(`aren't written "${text}"`, () => {
            assert.equal(isCidr(text), false);
            assert.equal(isWithin(text, "0.0.0.0/0"), false);
            assert.equal(isWithin("10.0.0.0/8", text), false);
        });
    }

    for (const text of ["0.0.0.0/0", "10.2.3.4/16", "10.2.3.4/32", "::/0", "2001:DB8::/32", "::1/128", "::ffff:a00:0/104"]) {
        it(`are written "${text}"`, () => {
            assert.equal(isCidr(text), true);
            assert.equal(isWithin(text, text), true);
        });
    }

    const COVERED: Readonly<Record<string, readonly [inner: string, outer: readonly string[], expected: boolean]>> = {
        "one": ["10.0.0.0/8", ["10.0.0.0/8"], true],
        "two halves": ["10.0.0.0/8", ["10.0.0.0/9", "10.128.0.0/9"], true],
        "halves of halves": ["::/0", ["8000::/1", "4000::/2", "::/2"], true],
        "one half": ["10.0.0.0/8", ["10.0.0.0/9", "10.128.0.0/10"], false],
        "all but one address": ["10.0.0.0/30", ["10.0.0.0/31", "10.0.0.2/32"], false],
        "another family's": ["0.0.0.0/0", ["::/0"], false],
        "none": ["0.0.0.0/0", [], false],
        "what can't be read": ["10.0.0.0/8", ["010.0.0.0/8", "x"], false],
    };
    for (const [name, [inner, outer, expected]] of Object.entries(COVERED)) {
        it(`${expected ? "lie" : "don't lie"} in ${name}`, () => {
            assert.equal(isCovered(inner, outer), expected);
        });
    }

    it("have addresses in common if one lies in the other", () => {
        assert.deepEqual([["10.0.0.0/8", "10.1.0.0/16"], ["10.1.0.0/16", "0.0.0.0/0"], ["10.1.0.0/16", "10.2.0.0/16"]].map(([one = "", other = ""]) => overlaps(one, other)), [true, true, false]);
    });
});
