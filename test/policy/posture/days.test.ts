import assert from "node:assert/strict";
import { daysUntil, isDay, today } from "../../../policy/posture/days";

describe("policy: days", () => {
    it("are counted across months, years and leap days", () => {
        assert.deepEqual(
            [["2027-01-31", "2026-11-24"], ["2026-11-24", "2026-11-24"], ["2026-11-23", "2026-11-24"], ["2028-03-01", "2028-02-28"], ["2027-03-01", "2027-02-28"]].map(([day = "", from = ""]) => daysUntil(day, from)),
            [68, 0, -1, 2, 1],
        );
    });

    it("are those of the calendar", () => {
        assert.deepEqual(["2027-01-31", "2028-02-29", "2027-02-29", "2027-02-30", "2027-13-01", "2027-1-1", "tomorrow", ""].filter(isDay), ["2027-01-31", "2028-02-29"]);
    });

    it("start today", () => {
        assert.ok(isDay(today()));
        assert.ok(Math.abs(daysUntil(today(), new Date().toISOString().slice(0, 10))) <= 1);
    });
});
