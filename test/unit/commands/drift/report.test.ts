import assert from "node:assert/strict";
import { DIFFERENCES, type Finding } from "../../../../commands/drift/finding";
import { json, text } from "../../../../commands/drift/report";

const UP = "pulumi up --refresh --stack staging --policy-pack policy";
const KINDS = Object.keys(DIFFERENCES) as Finding["what"][];
const findings = KINDS.map((what): Finding => ({ what, subject: `Service w/${what}`, details: [] }));

describe("a report of drift", () => {
    it("says how to repair each kind of difference: by which command, or where", () => {
        const repairs = text("staging", findings).split("\n").filter((line) => line.startsWith("  → "));
        assert.equal(repairs.length, KINDS.length);
        const byUp = KINDS.filter((_, index) => repairs[index]?.includes(UP));
        assert.deepEqual(byUp, ["missing", "changed", "removed", "state"]);
        assert.deepEqual(repairs.filter((line) => !line.includes(UP) && !/kubectl (edit|delete)|docs\/rules\.md/.test(line)), []);
    });

    it("says it to machines too, with each finding", () => {
        const told = (JSON.parse(json("staging", findings)) as { findings: { repair: string }[] }).findings.map(({ repair }) => repair);
        assert.equal(told.length, KINDS.length);
        assert.match(told[1] ?? "", new RegExp(UP));
    });

    it("says nothing of repairs where there is nothing to repair", () => {
        assert.doesNotMatch(text("staging", []), /pulumi up/);
    });
});
