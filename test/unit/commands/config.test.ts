import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { REPOSITORY } from "../../../cli/repository";
import { rawConfigOf } from "../../../commands/config/read";
import { validate } from "../../../infra/config/validate";
import { entriesOf, STACKS, valuesOf } from "../support/stacks";

const read = (file: string): string => readFileSync(path.join(REPOSITORY, file), "utf8");
const PROJECT = "config:\n  a: { type: string, default: x }\n  b: { type: object, default: {} }\n  c: { type: object }\n";
const of = (stack: string) => rawConfigOf(PROJECT, "Pulumi.s.yaml", stack);

describe("npm run config", () => {
    for (const stack of STACKS) {
        it(`hands the schema of ${stack} what Pulumi hands the program, and that is right`, () => {
            const raw = rawConfigOf(read("Pulumi.yaml"), `Pulumi.${stack}.yaml`, read(`Pulumi.${stack}.yaml`));
            assert.deepEqual(raw, { entries: entriesOf(valuesOf(stack)), secretKeys: [] });
            assert.ok("config" in validate(raw));
        });
    }

    it("takes the project's defaults for what the file leaves out, and its keys with and without the project's name", () => {
        assert.deepEqual(of("config:\n  a: y\n  wikifunctions:c: { d: 1 }\n  aws:region: z\n").entries, { "wikifunctions:a": "y", "wikifunctions:b": "{}", "wikifunctions:c": '{"d":1}', "aws:region": "z" });
        assert.deepEqual(of("").entries, { "wikifunctions:a": "x", "wikifunctions:b": "{}" });
        assert.deepEqual(of("config:\n").entries, of("").entries);
    });

    it("tells the schema which values are secret, in whole or in part", () => {
        assert.deepEqual(of("config:\n  a: { secure: v1:abc }\n  b: { d: [{ secure: v1:abc }] }\n  c: { secure: {} }\n").secretKeys, ["wikifunctions:a", "wikifunctions:b"]);
    });

    for (const [what, text, says] of [
        ["no YAML", "config: [", /^Pulumi\.s\.yaml is no YAML: /],
        ["no mapping", "- config", /^Pulumi\.s\.yaml is no mapping in YAML/],
        ["a list for its config", "config: [a]", /^Pulumi\.s\.yaml: config is no mapping; allowed: /],
        ["a misspelt key at its top", "confg: {}", /passes over: "confg" \(did you mean config\?\); allowed: config, /],
    ] as const) {
        it(`says what is wrong with a file that is or has ${what}`, () => {
            assert.throws(() => of(text), ({ name, message }: Error) => name === "Problem" && says.test(message));
        });
    }
});
