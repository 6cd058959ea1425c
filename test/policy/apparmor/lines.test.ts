import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { configMapOf } from "../../../policy/posture/loader";
import { postureOf } from "../../../policy/posture/posture";
import { apparmorProfileContents } from "../../../policy/rules/apparmor-profile-contents";
import { resource } from "../fixtures";
import { genuine } from "./texts";

const PLAIN = "wikifunctions-evaluator-python";
const BEFORE = "  deny capability,\n";

const { refused, passes } = parse(readFileSync(join(__dirname, "lines.yaml"), "utf8")) as {
    readonly refused: Readonly<Record<string, readonly string[]>>;
    readonly passes: readonly string[];
};
const posture = postureOf("production");
const approved = posture.profiles[PLAIN] ?? "";

/** What the pack says of the approved profile with lines put into it. */
function said(lines: string): string[] {
    const [name, text] = genuine(PLAIN, approved.replace(BEFORE, () => BEFORE + lines));
    const metadata = { name: configMapOf([name]), namespace: posture.loaderNamespace };
    const props = { apiVersion: "v1", kind: "ConfigMap", metadata, data: { [name]: text } };
    const map = resource("kubernetes:core/v1:ConfigMap", "profiles", props);
    return apparmorProfileContents.check(map, posture).map(({ is }) => is);
}

describe("policy: a line in an approved AppArmor profile", () => {
    before(() => {
        assert.equal(approved.split(BEFORE).length, 2);
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
