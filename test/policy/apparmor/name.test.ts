import assert from "node:assert/strict";
import { renderProfiles } from "../../../infra/apparmor/profiles";
import { isGenuine, plainName, profileOf, underPlainName } from "../../../policy/model/apparmor/name";

describe("policy: names of AppArmor profiles", () => {
    it("are a service's name and a hash", () => {
        assert.equal(plainName("wikifunctions-evaluator-lua-0123456789ab"), profileOf("evaluator-lua"));
        for (const name of ["wikifunctions-evaluator-lua", "wikifunctions-lua-0123456789abc", "docker-default", "wikifunctions-lua-0123456789AB", "x\nwikifunctions-lua-0123456789ab"]) {
            assert.equal(plainName(name), undefined);
            assert.equal(underPlainName(name, `profile ${name} {`), `profile ${name} {`);
            assert.equal(isGenuine(name, `profile ${name} {`), false);
        }
    });

    it("stand for one text, as the loader's script checks it", () => {
        for (const { name, text } of renderProfiles().all) {
            assert.ok(isGenuine(name, text));
            assert.ok(!isGenuine(name, `${text}\n`));
            assert.ok(!isGenuine(name.replace(/.$/, (digit) => (digit === "0" ? "1" : "0")), text));
        }
    });
});
