import assert from "node:assert/strict";
import { schema } from "../../../infra/config/schema";
import { validate } from "../../../infra/config/validate";
import { changed, configOf, declarations, entriesOf, raw, STACKS, valuesOf } from "../support/stacks";

const LOCAL = valuesOf("local");

describe("configuration keys", () => {
    it("are the same in Pulumi.yaml and in the program", () => {
        assert.deepEqual(Object.keys(declarations()).sort(), Object.keys(schema.shape).sort());
    });

    for (const [key, { type, description }] of Object.entries(declarations())) {
        it(`${key} is declared with a type and a description`, () => {
            assert.match(type, /^(string|integer|boolean|array|object)$/);
            assert.ok(description.length > 20, description);
        });
    }

    for (const stack of STACKS) {
        it(`are valid in Pulumi.${stack}.yaml`, () => {
            assert.equal(configOf(valuesOf(stack)).orchestrator.timeoutMs, 9700);
        });
    }

    it("of type string stay text even when they look like something else", () => {
        assert.equal(configOf(changed(LOCAL, "namespace", "5")).namespace, "5");
    });

    it("take a number where Kubernetes takes text", () => {
        assert.equal(configOf(changed(LOCAL, "orchestrator.resources.limits.cpu", 1)).orchestrator.resources.limits.cpu, "1");
    });

    it("of other projects are none of ours", () => {
        const entries = { ...entriesOf(LOCAL), "aws:region": "somewhere" };
        assert.ok("config" in validate({ entries, secretKeys: [] }));
    });

    it("that are misspelt are told with what was meant, before and after the colon", () => {
        const problemsWith = (key: string): string[] => {
            const result = validate({ entries: { ...entriesOf(LOCAL), [key]: "x" }, secretKeys: [] });
            return "problems" in result ? result.problems.map(({ is, allowed }) => `${is}; ${allowed.split(",")[0] ?? ""}`) : [];
        };
        assert.deepEqual(problemsWith("wikifunctions:tolerationss"), ["is not a known key (did you mean tolerations?); kubeContext"]);
        assert.deepEqual(problemsWith("wikifunction:dns"), ["is written wikifunction:dns; wikifunctions:dns"]);
        assert.deepEqual(problemsWith("wikimedia:dns"), []);
    });

    it("of the default Kubernetes provider are refused, because it is not used", () => {
        const entries = { ...entriesOf(LOCAL), "kubernetes:context": "production" };
        const result = validate({ entries, secretKeys: [] });
        assert.deepEqual("problems" in result && result.problems.map(({ key, is }) => `${key} ${is}`), ["kubeContext does not go together with kubernetes:context"]);
    });

    it("that are secret are refused without their value", () => {
        const result = validate({ entries: entriesOf(changed(LOCAL, "imageRegistry", "hunter2")), secretKeys: ["wikifunctions:imageRegistry"] });
        assert.ok("problems" in result);
        assert.equal(result.problems.length, 1);
        assert.ok(!JSON.stringify(result.problems).includes("hunter2"));
    });

    it("give an object that nobody can change", () => {
        const config = configOf(LOCAL);
        assert.throws(() => { (config.orchestrator as { replicas: number }).replicas = 100; }, TypeError);
        assert.throws(() => { (config.gateways as Record<string, unknown>)["internet"] = {}; }, TypeError);
    });

    it("that leave out the scraper leave nobody to scrape", () => {
        assert.equal(configOf(changed(LOCAL, "scraper", {})).scraper, undefined);
    });

    it("are not asked for by a raw configuration without any", () => {
        const result = validate(raw({}));
        assert.ok("problems" in result && result.problems.every(({ is }) => is === "is missing"));
    });
});
