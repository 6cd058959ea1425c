import assert from "node:assert/strict";
import { join } from "node:path";
import { canonical } from "../../../infra/apparmor/canonical";
import { checkWithParser } from "../../../infra/apparmor/parser";
import { readSource, type Line } from "../../../infra/apparmor/source";
import { skip } from "../../missing";

const SOURCES = join(__dirname, "../../../infra/apparmor/profiles");
const PYTHON = "wikifunctions-evaluator-python";
const lines = (...texts: string[]): Line[] => texts.map((text, index) => ({ text, file: "tried", number: index + 1 }));

describe("apparmor_parser", () => {
    before(function () {
        if (!checkWithParser("tried", lines("profile tried {", "}"))) {
            skip(this, "AppArmor profiles in apparmor_parser's own words", "apparmor_parser", "apt-get install apparmor");
        }
    });

    for (const name of [PYTHON, "wikifunctions-evaluator-javascript", "wikifunctions-evaluator-lua", "wikifunctions-orchestrator"]) {
        it(`accepts ${name}`, () => {
            assert.equal(checkWithParser(name, canonical(readSource(SOURCES, name))), true);
        });
    }

    it("has its own words passed on, with the line as it stands in the abstraction", () => {
        const source = canonical(readSource(SOURCES, PYTHON)).map((line) => ({ ...line, text: line.text.replace("deny ptrace,", "deny ptrce,") }));
        assert.throws(() => checkWithParser(PYTHON, source), { message: /^AppArmor profile abstractions\/never, line 6: syntax error, [^\n]*$/ });
    });

    it("has its own words passed on when it names no line", () => {
        assert.throws(() => checkWithParser("tried", lines("profile tried {", "  /etc/[ r,", "}")), { message: /^AppArmor profile tried[^\n]+$/ });
    });
});

describe("without apparmor_parser", () => {
    it("profiles are taken as they are, because the nodes' parser has the last word", () => {
        assert.equal(checkWithParser("tried", lines("profile {"), "/nonexistent/apparmor_parser"), false);
    });
});
