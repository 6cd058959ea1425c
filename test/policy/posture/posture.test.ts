import assert from "node:assert/strict";
import { onDay, postureFileOf, postureOf, problemsIn } from "../../../policy/posture/posture";
import { STACKS } from "../../unit/support/stacks";
import { keysOf } from "../harness";
import { edited } from "../review/differences";

const file = postureFileOf("production");
const WAIVER = { rule: "cpu-limits", resource: "Deployment wikifunctions/orchestrator", reason: "a load test", ticket: "T1", owner: "security", expires: "2027-01-31" };

/** What is said about the posture of production with one place changed. */
function problemsWith(place: string, value: unknown): string {
    return problemsIn(edited(file, keysOf(place), value)).join("; ");
}

describe("policy: postures", () => {
    for (const stack of STACKS) {
        it(`of ${stack} is a file of its own and in order`, () => {
            assert.deepEqual(problemsIn(postureFileOf(stack)), []);
            assert.notDeepEqual(postureFileOf(stack), postureFileOf("strictest"));
        });
    }

    it("of any other stack is the strictest: nothing may run", () => {
        for (const stack of ["dev", "Production", "../postures/local", "schema", ""]) {
            const { services, edges, parties, quota, protect, requireDigests, allowSkipAwait } = postureOf(stack);
            assert.deepEqual({ services, edges, parties, protect, requireDigests, allowSkipAwait, pods: quota.pods }, { services: {}, edges: [], parties: {}, protect: true, requireDigests: true, allowSkipAwait: false, pods: 0 });
        }
    });

    it("count a waiver's days from the clock that they are given", () => {
        const withWaiver = { ...file, waivers: [WAIVER] };
        assert.deepEqual(["2026-11-24", "2027-01-31", "2027-02-01"].map((day) => onDay(withWaiver, day).waivers[0]?.daysLeft), [68, 0, -1]);
        const { profiles, admissionPolicies, ...rest } = postureOf("production", () => "2026-11-24");
        assert.deepEqual(rest, { ...file, waivers: [] });
        assert.match(admissionPolicies["pods"] ?? "", /"failurePolicy": "Fail"/);
        assert.match(profiles["wikifunctions-orchestrator"] ?? "", /^profile wikifunctions-orchestrator /m);
    });

    const WRONG: Readonly<Record<string, readonly [place: string, value: unknown, problem: RegExp]>> = {
        "a key that isn't known": ["anything", true, /must NOT have additional properties/],
        "a ceiling that is no quantity": ["services.orchestrator.ceilings.cpu", "lots", /services\/orchestrator\/ceilings\/cpu must match pattern/],
        "a time limit that is none": ["services.orchestrator.ceilings.timeoutMs", 600_000, /timeoutMs must be <= 60000/],
        "any number of replicas": ["services.orchestrator.ceilings.replicas", 500, /replicas must be <= 50/],
        "any pool of executors": ["services.evaluator-python.memoryOvercommit", 100, /memoryOvercommit must be <= 10/],
        "the loader's exceptions for everything": ["loaderNamespace", "wikifunctions", /loaderNamespace must be another one/],
        "a way out for an evaluator": ["edges[0]", { from: "evaluator-python", to: "wiki", ports: ["TCP/443"] }, /edges\[0\] leads from the evaluator evaluator-python out of the sandbox/],
        "an edge to nobody known": ["edges[0]", { from: "orchestrator", to: "internet", ports: ["TCP/443"] }, /edges\[0\] names internet/],
        "an edge of others": ["edges[0]", { from: "ingress", to: "wiki", ports: ["TCP/443"] }, /edges\[0\] neither starts nor ends in the sandbox/],
        "a party called like a service": ["parties.orchestrator", { cidr: "10.1.0.0/16" }, /parties\.orchestrator has the name of a service/],
        "a resolver by name": ["nameserver", "resolver.example.org", /nameserver must match pattern/],
        "a resolver without an address": ["nameserver", "10.96.0", /nameserver must be an IP address/],
        "everybody": ["parties.ingress", { cidr: "0.0.0.0/0" }, /parties\/ingress\/cidr must be a block of at least \/8/],
        "half of everybody": ["parties.ingress", { cidr: "128.0.0.0/1" }, /parties\/ingress\/cidr must be/],
        "everybody by IPv6": ["parties.ingress", { cidr: "2000::/3" }, /parties\/ingress\/cidr must be/],
        "no address": ["parties.ingress", { cidr: "999.0.0.0/16" }, /parties\/ingress\/cidr must be/],
        "a party without labels": ["parties.ingress", { namespaceSelector: {}, podSelector: {} }, /must NOT have fewer than 1 properties/],
        "a waiver that ends on no day": ["waivers[0]", { ...WAIVER, expires: "2027-02-30" }, /waivers\/0\/expires must be a day of the calendar/],
        "a waiver that never ends": ["waivers[0]", { ...WAIVER, expires: "never" }, /waivers\/0\/expires must match pattern/],
        ...Object.fromEntries(Object.keys(WAIVER).map((key) => [`a waiver without ${key}`, ["waivers[0]", Object.fromEntries(Object.entries(WAIVER).filter(([name]) => name !== key)), new RegExp(`must have required property '${key}'`)]])),
    };
    for (const [what, [place, value, problem]] of Object.entries(WRONG)) {
        it(`can't approve ${what}`, () => {
            assert.match(problemsWith(place, value), problem);
        });
    }

    it("can approve what is within the floor", () => {
        assert.equal(problemsWith("edges[0]", { from: "evaluator-python", to: "orchestrator", ports: ["TCP/4974"] }), "");
        assert.equal(problemsWith("parties.ingress", { cidr: "10.0.0.0/8" }), "");
        assert.equal(problemsWith("waivers[0]", WAIVER), "");
    });
});
