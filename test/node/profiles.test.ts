import assert from "node:assert/strict";
import { WORKS } from "./interpreters";
import { NodeSetting } from "./setting";

describe("the profile of an evaluator, in enforce mode", function () {
    this.timeout(600_000);
    let setting: NodeSetting;

    before(async function () {
        setting = await NodeSetting.get(this);
    });

    for (const [language, works] of Object.entries(WORKS)) {
        for (const [what, code] of Object.entries(works)) {
            it(`leaves ${language} its use of ${what}`, async () => {
                assert.match(await setting.evaluate(await setting.untilReady(`evaluator-${language}`), code), /^ok/);
            });
        }
    }
});
