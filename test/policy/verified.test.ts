import assert from "node:assert/strict";
import { lineOf, parse, print } from "../../policy/posture/approved/file";
import type { Resource } from "../../policy/model/resource";
import { floorProblems, verifiedPosture } from "../../policy/verified";
import { STACKS } from "../unit/support/stacks";
import { evaluator, goodPosture, goodStack, loader, wayOut } from "./good-stack";
import { change, CONTEXT, CONTAINER, set } from "./harness";

/** What the floor has against the good stack with one object changed, read from the file that would approve it. */
function problemsWith(weak: Resource): string[] {
    const text = print(goodStack.map((each) => (each.urn === weak.urn ? weak : each)));
    return floorProblems({ ...goodPosture, objects: parse("f.yaml", text) }, text);
}

const everywhere = { ...wayOut, props: set(wayOut.props, ["spec"], { podSelector: { matchLabels: { "app.kubernetes.io/instance": "evaluator-python" } }, policyTypes: ["Egress"], egress: [{ to: [{ ipBlock: { cidr: "10.0.0.0/8" } }] }] }) } as Resource;

describe("policy: what is approved", () => {
    for (const stack of STACKS) {
        it(`keeps to the floor in ${stack}`, () => {
            assert.ok(verifiedPosture(stack).objects.length > 20);
        });
    }

    it("keeps to the floor where it is the good stack", () => {
        assert.deepEqual(problemsWith(evaluator), []);
    });

    it("can't be a service that is called like a party", () => {
        const parties = { ...goodPosture.parties, orchestrator: { cidr: "10.1.0.0/16" } };
        assert.match(floorProblems({ ...goodPosture, parties }, "").join("\n"), /parties\.orchestrator is called like a service/);
    });

    const WEAK: Readonly<Record<string, readonly [weak: Resource, problem: RegExp]>> = {
        "a privileged container": [change(evaluator, `${CONTEXT}.privileged`, true), /Deployment wikifunctions\/evaluator-python: .*privileged is true; .* \(no-privileged-containers\)/],
        "no limit": [change(evaluator, `${CONTAINER}.resources.limits.memory`, undefined), /\(memory-limits\)/],
        "time without end": [change(evaluator, `${CONTAINER}.env[0].value`, "60001"), /\(time-limits\)/],
        "an image from anywhere": [change(evaluator, `${CONTAINER}.image`, "evil.example.org/x:1"), /\(approved-images\)/],
        "a resolver for an evaluator": [change(evaluator, "spec.template.spec.dnsConfig.nameservers", ["10.96.0.10"]), /\(no-dns-for-evaluators\)/],
        "a way out for an evaluator": [everywhere, /\(network-edges\)/],
        "a loader that may do more": [change(loader, `${CONTEXT}.capabilities.add`, ["MAC_ADMIN", "SYS_ADMIN"]), /\(apparmor-loader\)/],
    };
    for (const [what, [weak, problem]] of Object.entries(WEAK)) {
        it(`can't be ${what}, and says in which line`, () => {
            const problems = problemsWith(weak);
            assert.match(problems.join("\n"), problem);
            const text = print(goodStack.map((each) => (each.urn === weak.urn ? weak : each)));
            const line = lineOf(text, parse("f.yaml", text).findIndex(({ name, type }) => name === weak.name && type === weak.type));
            assert.ok(problems.some((each) => each.startsWith(`${String(line)}: `)), `${String(line)} in ${problems.join("\n")}`);
        });
    }
});
