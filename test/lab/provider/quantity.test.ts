import assert from "node:assert/strict";
import { canonicalQuantity } from "../../../lab/provider/quantity";

/** What the API server makes of a quantity, as seen in what it gives back. */
const FORMS: Readonly<Record<string, string>> = {
    "1000m": "1", "0.5": "500m", "1.5": "1500m", "0.1": "100m", "2000": "2k", "100000": "100k", "1": "1", "0": "0", "0.0": "0", "+5": "5", "-5": "-5",
    "1024Mi": "1Gi", "1.5Gi": "1536Mi", "0.5Gi": "512Mi", "1Ki": "1Ki", "0.5Ki": "512", "0.0005Ki": "512m", "3072Mi": "3Gi", "1025Ki": "1025Ki", "129M": "129M",
    "128974848": "128974848", "1e3": "1e3", "1000e3": "1e6", "1E6": "1e6", "12e0": "12", "1n": "1n", "0.1n": "1n", "1000u": "1m", ".5": "500m", "5.": "5",
    "": "", "abc": "abc", "1.2.3": "1.2.3", "1 Gi": "1 Gi", "1gi": "1gi",
};

describe("the canonical form of a quantity", () => {
    for (const [text, form] of Object.entries(FORMS)) {
        it(`${JSON.stringify(text)} is ${JSON.stringify(form)}`, () => { assert.equal(canonicalQuantity(text), form); });
    }
});
