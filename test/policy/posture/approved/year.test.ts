import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { parse } from "yaml";
import type { Posture } from "../../../../policy/posture/posture";
import { asApproved } from "../../../../policy/posture/approved/as-approved";
import { isApprovable } from "../../../../policy/posture/approved/file";
import { derivedFrom } from "../../../../policy/posture/derived";
import { postureOf } from "../../../../policy/posture/files";
import { review } from "../../../../policy/review/review";
import { resourcesOf } from "../../stacks";
import { changed, valuesOf, type Values } from "../../../unit/support/stacks";

interface Change {
    readonly month: number;
    readonly what: string;
    readonly releases?: number;
    readonly set?: Readonly<Record<string, unknown>>;
    /** Why a reviewer is needed; left out where none is. */
    readonly needs?: readonly string[];
}

const YEAR = parse(readFileSync(path.join(__dirname, "year.yaml"), "utf8")) as readonly Change[];
const SERVICES = ["orchestrator", "evaluators.python", "evaluators.javascript"];
/** Of the changes of a year, releases counted one by one. */
const MOST_REVIEWS = 0.1;

describe("policy: a year of ordinary changes", function () {
    this.timeout(120_000);
    let values: Values = valuesOf("staging");
    let posture: Posture = postureOf("staging");
    const [reviewed, all]: Change[][] = [[], []];

    /** Plays a change. @returns whether it is looser than what is approved; then it is approved */
    async function play(change: Change, next: Values): Promise<boolean> {
        values = next;
        all?.push(change);
        const resources = await resourcesOf("staging", values);
        const { changes, forbidden, parties } = review(resources, posture);
        assert.deepEqual(forbidden, []);
        const isLooser = changes.some(({ verdict }) => verdict === "looser");
        if (isLooser) {
            reviewed?.push(change);
            const known = { ...posture, parties: { ...posture.parties, ...parties } };
            const objects = resources.filter(isApprovable).map(asApproved);
            posture = { ...known, objects, ...derivedFrom(objects, known) };
        }
        return isLooser;
    }

    for (const change of YEAR) {
        const { month, what, releases = 0, set = {}, needs } = change;
        it(`month ${String(month)}: ${what}${needs === undefined ? ", without a reviewer" : `, with one: ${needs.join(", ")}`}`, async () => {
            if (releases > 0) {
                // They differ in nothing but the tag, so that the last one is played and all are counted.
                const tag = `2027-${String(month).padStart(2, "0")}-28-120000`;
                assert.equal(await play(change, SERVICES.reduce((some, service) => changed(some, `${service}.image.tag`, tag), values)), false);
                all?.push(...Array<Change>(releases - 1).fill(change));
            } else {
                const next = Object.entries(set).reduce((some, [key, value]) => changed(some, key, value ?? undefined), values);
                assert.equal(await play(change, next), needs !== undefined);
            }
        });
    }

    it("needs a reviewer for one in ten at most", () => {
        assert.ok((reviewed?.length ?? 0) / (all?.length ?? 1) <= MOST_REVIEWS, `${String(reviewed?.length)} of ${String(all?.length)}`);
    });
});
