import assert from "node:assert/strict";
import type { Resource } from "../../policy/model/resource";
import { postureOf } from "../../policy/posture/files";
import type { Posture } from "../../policy/posture/posture";
import { MEASURES, type Measure } from "../../policy/model/violation";
import { asApproved } from "../../policy/posture/approved/as-approved";
import { isApprovable } from "../../policy/posture/approved/file";
import { isClean, type Report } from "../../report/contents";
import type { MeasureState } from "../../report/measures";
import { CONTAINER, CONTEXT } from "../policy/harness";
import { replaced, resourcesOf } from "../policy/stacks";
import { changed, valuesOf } from "../unit/support/stacks";
import { DAY, edited, EVALUATOR, report } from "./stack";

const stateOf = ({ measures }: Report, measure: Measure): MeasureState => {
    const found = measures.find((each) => each.measure === measure);
    assert.ok(found);
    return found;
};

/** One way to take each measure out that every stack has to have. */
const TAKEN_OUT: Readonly<Partial<Record<Measure, readonly [rule: string, edit: (resources: readonly Resource[]) => Resource[]]>>> = {
    "time-limit": ["time-limits", (all) => edited(all, "Deployment", EVALUATOR, `${CONTAINER}.env`, [])],
    memory: ["approved-objects", (all) => edited(all, "Deployment", EVALUATOR, `${CONTAINER}.resources.limits.memory`, "9Gi")],
    cpu: ["cpu-limits", (all) => edited(all, "Deployment", EVALUATOR, `${CONTAINER}.resources.limits.cpu`, undefined)],
    network: ["default-deny", (all) => replaced(all, all.find(({ name }) => name === "sandbox-default-deny") as Resource, undefined)],
    "read-only-root": ["read-only-root-filesystem", (all) => edited(all, "Deployment", EVALUATOR, `${CONTEXT}.readOnlyRootFilesystem`, false)],
    "no-privilege-escalation": ["no-privilege-escalation", (all) => edited(all, "Deployment", EVALUATOR, `${CONTEXT}.allowPrivilegeEscalation`, true)],
    capabilities: ["drop-all-capabilities", (all) => edited(all, "Deployment", EVALUATOR, `${CONTEXT}.capabilities`, {})],
    selinux: ["selinux-options", (all) => edited(all, "Deployment", EVALUATOR, `${CONTEXT}.seLinuxOptions`, { type: "spc_t" })],
    seccomp: ["seccomp-profile", (all) => edited(all, "Deployment", EVALUATOR, `${CONTEXT}.seccompProfile.type`, "Unconfined")],
    apparmor: ["apparmor-profile", (all) => edited(all, "Deployment", EVALUATOR, `${CONTEXT}.appArmorProfile`, { type: "Unconfined" })],
    admission: ["namespace-pod-security", (all) => edited(all, "Namespace", "wikifunctions", 'metadata.labels["pod-security.kubernetes.io/enforce"]', "privileged")],
};
const RUNTIMES = { gvisor: "runsc", kata: "kata-qemu", firecracker: "kata-fc" } as const;

/** The stack `staging` with some evaluators on a RuntimeClass `sandboxed`. */
function onRuntime(handler: string, ...languages: readonly string[]): Promise<Resource[]> {
    const values = changed(valuesOf("staging"), "runtimeClasses", { sandboxed: { handler } });
    return resourcesOf("staging", languages.reduce((some, language) => changed(some, `evaluators.${language}.runtimeClassName`, "sandboxed"), values));
}

describe("report: the measures", () => {
    let resources: Resource[];
    before(async () => { resources = await resourcesOf("staging"); });

    it("are all there, in force where the program sets them, not used where a stack may do without", () => {
        const { measures, violations } = report(resources);
        assert.deepEqual(violations, []);
        assert.deepEqual(measures.map(({ measure }) => measure), MEASURES);
        const unused = measures.filter(({ state }) => state === "not used").map(({ measure }) => measure);
        assert.deepEqual(unused, ["selinux", "gvisor", "kata", "firecracker"]);
        assert.deepEqual(measures.filter(({ measure, state }) => !unused.includes(measure) && state !== "in force"), []);
    });

    for (const [measure, [rule, edit]] of Object.entries(TAKEN_OUT)) {
        it(`say that ${measure} is violated, and by what`, () => {
            const before = stateOf(report(resources), measure as Measure);
            const { state, violations, places } = stateOf(report(edit(resources)), measure as Measure);
            assert.notEqual(before.state, "violated");
            assert.equal(state, "violated");
            assert.ok(violations.some((violation) => violation.rule === rule), JSON.stringify(violations));
            assert.notDeepEqual(places, before.places);
        });
    }

    for (const [measure, handler] of Object.entries(RUNTIMES)) {
        it(`say whether evaluators are on ${measure}: all, some, none although it is demanded`, async () => {
            const approved = (all: readonly Resource[]): Report => report(all, { objects: all.filter(isApprovable).map(asApproved) });
            const every = approved(await onRuntime(handler, "python", "javascript"));
            const some = approved(await onRuntime(handler, "python"));
            assert.deepEqual([every, some].map((each) => stateOf(each, measure as Measure).state), ["in force", "partly"]);
            assert.equal(stateOf(some, measure as Measure).why, "set in 1 of 2 places");
            const { services } = postureOf("staging", {}, () => DAY);
            const demanding = { ...services, [EVALUATOR]: { ...services[EVALUATOR], minRuntimeClass: handler } } as Posture["services"];
            const none = report(resources, { services: demanding });
            const states = Object.keys(RUNTIMES).map((each) => [each, stateOf(none, each as Measure).state]);
            assert.deepEqual(states, Object.keys(RUNTIMES).map((each) => [each, each === measure ? "violated" : "not used"]));
        });
    }

    it("are partly in force where a waiver excuses one resource, until it expires", () => {
        const looser = edited(resources, "Deployment", EVALUATOR, `${CONTAINER}.resources.limits.cpu`, "2");
        const waiver = { rule: "approved-objects", resource: `Deployment wikifunctions/${EVALUATOR}`, path: `${CONTAINER}.resources.limits.cpu`, reason: "a load test", ticket: "T1", owner: "security", expires: "2026-12-24", daysLeft: 30 };
        const [waived, expired] = [waiver, { ...waiver, daysLeft: -1 }].map((each) => report(looser, { waivers: [each] })) as [Report, Report];
        assert.deepEqual([waived, expired].map((each) => stateOf(each, "cpu").state), ["partly", "violated"]);
        assert.match(stateOf(waived, "cpu").why, /^1 violation waived; /);
        assert.deepEqual(waived.violations, []);
    });

    it("and what is looser than approved, even where no rule minds, keep a stack from being clean; what is tighter doesn't", () => {
        const clean = report(resources);
        const changed = (verdict: "looser" | "tighter"): Report => ({ ...clean, changes: [{ object: "Namespace x", path: "the option protect", approved: "true", now: "false", verdict }] });
        assert.deepEqual([clean, changed("tighter"), changed("looser")].map(isClean), [true, true, false]);
    });

    it("stand where the objects have them: each field, its value, and on what", () => {
        const { places } = stateOf(report(resources), "read-only-root");
        assert.deepEqual(places, [{
            path: "spec.template.spec.containers[0].securityContext.readOnlyRootFilesystem", value: "true", isSet: true,
            resources: resources.filter(({ type }) => /:(Deployment|DaemonSet)$/.test(type)).map(({ type, props }) => `${type.split(":").at(-1) ?? ""} ${(props["metadata"] as { namespace: string }).namespace}/${(props["metadata"] as { name: string }).name}`),
        }]);
    });

    it("name their policies, files, guard and evidence", () => {
        const { policies, code, guard, evidence } = stateOf(report(resources), "seccomp");
        assert.deepEqual([policies.map(({ name }) => name), code], [["seccomp-profile"], ["infra/security.ts"]]);
        assert.match(guard ?? "", /Pod Security/);
        assert.deepEqual(evidence.map(({ file }) => file), ["test/cluster/relaxations.test.ts", "test/cluster/guards.test.ts", "test/policy/rules/seccomp-profile.test.ts"]);
    });
});
