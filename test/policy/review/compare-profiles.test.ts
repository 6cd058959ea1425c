import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { compareProfiles } from "../../../policy/review/compare-profiles";
import { APPROVED, edited, plus } from "../apparmor/texts";
import { posture } from "../fixtures";

const NAME = "wikifunctions-evaluator-python";

const digest = (text: string): string => `sha256:${createHash("sha256").update(text).digest("hex").slice(0, 12)}`;
const changes = (now: Readonly<Record<string, string>>) => compareProfiles({ ...posture, profiles: { [NAME]: APPROVED } }, { ...posture, profiles: now });

/** By what is done to the approved profile: whether it is looser then; undefined where it is the same in other words. */
const TEXTS: Readonly<Record<string, readonly [text: string, looser: boolean | undefined]>> = {
    "nothing": [APPROVED, undefined],
    "a comment": [plus("# Approved."), true],
    "another order": [edited("  deny capability,\n  deny network raw,\n", "  deny network raw,\n  deny capability,\n"), undefined],
    "a rule that another one covers": [plus("/srv/x r,"), undefined],
    "a path more": [plus("/etc/shadow r,"), true],
    "a deny less": [edited("  deny network raw,\n", ""), true],
    "complain mode": [edited("flags=(enforce, attach_disconnected)", "flags=(complain)"), true],
    "a path less and one more": [edited("/dev/null rw,", "/dev/zero rw,"), true],
    "an include, whatever stands in it": [plus("include <abstractions/base>"), true],
    "no profile": ["", true],
    "a path less": [edited("  /dev/null rw,\n", ""), false],
    "a deny more": [plus("deny /etc/hosts r,"), false],
};

describe("policy: comparison of postures, by profile", () => {
    for (const [what, [text, looser]] of Object.entries(TEXTS)) {
        it(`takes ${what} for ${looser === undefined ? "the same" : looser ? "looser" : "tighter"}`, () => {
            const expected = looser === undefined ? [] : [{ field: `profiles.${NAME}`, approved: digest(APPROVED), now: digest(text), looser }];
            assert.deepEqual(changes({ [NAME]: text }), expected);
        });
    }

    it("takes anything for looser where the approved text can't be read", () => {
        const changed = compareProfiles({ ...posture, profiles: { [NAME]: plus("file,") } }, { ...posture, profiles: { [NAME]: APPROVED } });
        assert.deepEqual(changed.map(({ looser }) => looser), [true]);
    });

    it("takes a profile that is gone, and one that nobody has approved, for looser", () => {
        assert.deepEqual(changes({ other: APPROVED }), [
            { field: `profiles.${NAME}`, approved: digest(APPROVED), now: undefined, looser: true },
            { field: "profiles.other", approved: undefined, now: digest(APPROVED), looser: true },
        ]);
    });
});
