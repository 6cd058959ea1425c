import assert from "node:assert/strict";
import { renderProfiles } from "../../../infra/apparmor/profiles";
import { configMapOf } from "../../../policy/posture/loader";
import { isObject } from "../../../policy/model/read";
import { UNKNOWN, type Value } from "../../../policy/model/resource";
import { postureOf } from "../../../policy/posture/files";
import { apparmorProfileContents } from "../../../policy/rules/apparmor-profile-contents";
import { APPROVED, edited, genuine, plus } from "../apparmor/texts";
import { posture, resource } from "../fixtures";
import { judge } from "../harness";

const PLAIN = "wikifunctions-evaluator-python";

function configMap(data: Value) {
    return resource("kubernetes:core/v1:ConfigMap", "apparmor-profiles", { apiVersion: "v1", kind: "ConfigMap", metadata: { name: configMapOf(isObject(data) ? Object.keys(data) : []), namespace: "wikifunctions-apparmor" }, data });
}

const [NAME, TEXT] = genuine(PLAIN, APPROVED);
const TIGHTER = genuine(PLAIN, edited("/usr/lib/** mr", "/usr/lib/** r"));

judge(apparmorProfileContents, {
    good: configMap({ [NAME]: TEXT }),
    passes: {
        "a tighter version": [["data", Object.fromEntries([TIGHTER])], ["metadata.name", configMapOf([TIGHTER[0]])]],
        "a text of another namespace": [["metadata.namespace", "wikifunctions"], ["data", { settings: "x" }]],
    },
    blocks: {
        "no data": ["data", undefined],
        "unknown data": ["data", UNKNOWN, "data[?]"],
        "an unknown text": [`data.${NAME}`, UNKNOWN],
        "a text that is none": [`data.${NAME}`, 1],
        "an empty text": [`data.${NAME}`, ""],
        "binary data": ["binaryData", { [NAME]: "eA==" }],
        "another name": ["metadata.name", "other"],
        "the name of other profiles": ["metadata.name", configMapOf([TIGHTER[0]])],
        "a name without a hash of profiles": ["metadata.name", "apparmor-profiles"],
        "a name of no approved profile": ["data.wikifunctions-lua-0123456789ab", TEXT],
        "a name without a hash": [`data.${PLAIN}`, APPROVED],
        "a name of the language": ["data.constructor", TEXT],
    },
});

/** What is said about a text. */
function said(text: string, plain = PLAIN): string[] {
    const [name, body] = genuine(plain, text);
    return apparmorProfileContents.check(configMap({ [name]: body }), posture).map(({ path, is }) => `${path === `data.${name}` ? "" : path}${is}`);
}

describe("policy: apparmor-profile-contents, text by text", () => {
    it("names what can't be read, and judges nothing else then", () => {
        assert.deepEqual(said(plus("include <abstractions/base>")), ["a profile that has an include that isn't part of a plain profile (include <abstractions/base>) (line 16)"]);
    });

    it("holds to the floor whatever is approved", () => {
        for (const [text, reason] of [[plus("capability,"), /grants capability \(line 16\)/], [edited("enforce", "complain"), /has the flag complain/], [edited("abi <abi/3.0>,\n", ""), /in its first line/]] as const) {
            assert.match(said(text).join("\n"), reason);
        }
    });

    it("lets the orchestrator alone be given UDP", () => {
        const text = plus("network inet dgram,");
        assert.match(said(text).join("\n"), /grants network inet dgram/);
        assert.deepEqual(said(text.replace(PLAIN, "wikifunctions-orchestrator"), "wikifunctions-orchestrator"), []);
    });

    it("names the first line that isn't written in the one way, and how that is", () => {
        assert.deepEqual(said(edited("/usr/lib/** mr", "/usr/lib/** rm")), ["a profile that has '  /usr/lib/** rm,' where it must have '  /usr/lib/** mr,' (line 4)"]);
        assert.deepEqual(said(plus("# No more.")), ["a profile that has '  # No more.' where it must have '}' (line 16)"]);
    });

    it("refuses a text that doesn't fit the hash in its name, because a node may have another text under that name", () => {
        const violations = apparmorProfileContents.check(configMap({ [NAME]: TEXT.replace("  /dev/null rw,\n", "") }), posture);
        assert.deepEqual(violations.map(({ is }) => is), ["a profile that doesn't have the hash that its name ends in"]);
    });

    it("refuses a text that calls itself otherwise", () => {
        const violations = apparmorProfileContents.check(configMap({ [NAME]: APPROVED }), posture);
        assert.deepEqual(violations.map(({ is }) => is), [`a profile that is called ${PLAIN}`]);
    });

    for (const stack of ["local", "staging", "production"]) {
        it(`accepts the program's own profiles on ${stack}`, () => {
            const data = Object.fromEntries(renderProfiles().all.map(({ name, text }) => [name, text]));
            assert.deepEqual(apparmorProfileContents.check(configMap(data), postureOf(stack)), []);
            assert.equal(Object.keys(data).length, 4);
        });
    }
});
