import assert from "node:assert/strict";
import { contradictionsIn } from "../../../policy/posture/edges";
import { parsePosture, postureFileOf, postureOf, type Posture } from "../../../policy/posture/posture";
import { posture } from "../network-fixtures";

const CONTRADICTIONS: Readonly<Record<string, readonly [Partial<Posture>, string]>> = {
    "a party by the name of a service": [{ parties: { ...posture.parties, orchestrator: { cidr: "10.0.0.0/8" } } }, "parties.orchestrator has the name of a service"],
    "an edge from nowhere": [{ edges: [{ from: "nobody", to: "orchestrator", ports: ["TCP/1"] }] }, "edges[0] names nobody, which is neither a service nor a party"],
    "an edge to what only every object has": [{ edges: [{ from: "orchestrator", to: "constructor", ports: ["TCP/1"] }] }, "edges[0] names constructor, which is neither a service nor a party"],
    "an edge from an evaluator to a party": [{ edges: [{ from: "evaluator-python", to: "wiki", ports: ["TCP/1"] }] }, "edges[0] leads from the evaluator evaluator-python out of the sandbox to wiki, which nobody can approve"],
};

describe("policy: the edges of a posture", () => {
    it("agree with its services and parties", () => {
        assert.deepEqual(contradictionsIn(posture), []);
    });

    for (const [name, [edit, problem]] of Object.entries(CONTRADICTIONS)) {
        it(`contradict themselves with ${name}`, () => {
            assert.deepEqual(contradictionsIn({ ...posture, ...edit }), [problem]);
        });
    }

    for (const stack of ["local", "staging", "production", "strictest"]) {
        it(`agree in ${stack}`, () => {
            assert.deepEqual(contradictionsIn(postureOf(stack)), []);
        });
    }

    it("keep a posture that contradicts itself from being loaded", () => {
        const edges = [{ from: "nobody", to: "orchestrator", ports: ["TCP/1"] }];
        assert.throws(() => parsePosture("x.json", { ...postureFileOf("local"), edges }), { message: "policy/postures/x.json: edges[0] names nobody, which is neither a service nor a party" });
    });
});
