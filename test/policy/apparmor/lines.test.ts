import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { configMapOf } from "../../../policy/posture/loader";
import type { Resource } from "../../../policy/model/resource";
import { postureOf } from "../../../policy/posture/files";
import { apparmorProfileContents } from "../../../policy/rules/apparmor-profile-contents";
import { approvedObjects } from "../../../policy/rules/approved-objects";
import { approvedMap, approvedTexts, genuine } from "./texts";

const PLAIN = "wikifunctions-evaluator-python";
const BEFORE = "  deny capability,\n";

const { refused, passes } = parse(readFileSync(join(__dirname, "lines.yaml"), "utf8")) as {
    readonly refused: Readonly<Record<string, readonly string[]>>;
    readonly passes: readonly string[];
};
const posture = postureOf("production");
const texts = approvedTexts("production");

/** What the pack says of the approved profiles with lines put into one of them. */
function said(lines: string): string[] {
    const named = Object.entries(texts).map(([plain, text]) => genuine(plain, plain === PLAIN ? text.replace(BEFORE, () => BEFORE + lines) : text));
    const approved = approvedMap("production");
    const metadata = { ...(approved.props["metadata"] as object), name: configMapOf(named.map(([name]) => name)) };
    const map: Resource = { ...approved, props: { ...approved.props, metadata, data: Object.fromEntries(named) } };
    return [apparmorProfileContents, approvedObjects].flatMap((rule) => rule.check(map, posture)).map(({ is, must }) => `${is}; ${must}`);
}

describe("policy: a line in an approved AppArmor profile", () => {
    before(() => {
        assert.equal(texts[PLAIN]?.split(BEFORE).length, 2);
        assert.deepEqual(said(""), [], "the approved profile passes without it");
    });

    for (const [why, lines] of Object.entries(refused)) {
        for (const line of lines) {
            it(`is refused for ${why.replaceAll("-", " ")}: ${JSON.stringify(line)}`, () => {
                assert.notDeepEqual(said(`  ${line}\n`), []);
            });
        }
    }

    for (const line of passes) {
        it(`passes where it gains nothing: ${line}`, () => {
            assert.deepEqual(said(`  ${line}\n`), []);
        });
    }
});
