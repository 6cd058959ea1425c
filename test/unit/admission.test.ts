import assert from "node:assert/strict";
import { policiesOf } from "../../infra/admission";
import { parametersOf } from "../../infra/admission/parameters";
import { renderProfiles } from "../../infra/apparmor/profiles";
import { ofKind, only, run, type Registered } from "./support/program";
import { changed, configOf, STACKS, valuesOf } from "./support/stacks";

const PRIORITY = "wikifunctions-sandbox";
const PROFILES = renderProfiles();
const POLICIES = ["pods", "services", "replicas", "loader", "connections", "objects", "cluster-objects"];

for (const stack of STACKS) {
    describe(`the admission policies of ${stack}`, () => {
        const config = configOf(valuesOf(stack));
        const policies = policiesOf({ config, profiles: PROFILES, priorityClass: PRIORITY });
        let resources: Registered[];
        before(async () => { resources = await run(stack, valuesOf(stack)); });

        it("are these, each refusing what it can't decide on", () => {
            assert.deepEqual(policies.map(({ name }) => name), POLICIES);
            assert.deepEqual(policies.filter(({ spec }) => spec.failurePolicy !== "Fail" || (spec.validations as unknown[]).length === 0), []);
        });

        it("are bound to deny and to record, whatever the object, and to refuse where their parameters are missing", () => {
            for (const { name, spec } of policies) {
                const binding = only(resources, "ValidatingAdmissionPolicyBinding", `wikifunctions-${name}`).inputs.spec;
                assert.deepEqual(binding, {
                    policyName: `wikifunctions-${name}`,
                    validationActions: ["Deny", "Audit"],
                    ...(spec.paramKind === undefined ? {} : { paramRef: { name: "admission", namespace: "wikifunctions", parameterNotFoundAction: "Deny" } }),
                });
            }
        });

        it("judge the stack's own namespaces, and nothing in others", () => {
            const spaces = Object.fromEntries(policies.map(({ name, spec }) => [name, (spec.matchConstraints as { namespaceSelector: { matchExpressions?: { values: string[] }[] } }).namespaceSelector.matchExpressions?.[0]?.values]));
            const [sandbox, both] = [["wikifunctions"], ["wikifunctions", "wikifunctions-apparmor"]];
            assert.deepEqual(spaces, { pods: sandbox, services: sandbox, replicas: sandbox, loader: ["wikifunctions-apparmor"], connections: both, objects: both, "cluster-objects": undefined });
            const rules = policies.find(({ name }) => name === "objects")?.spec.matchConstraints as { resourceRules: { scope: string }[] };
            // The selector doesn't hold for what is in no namespace: all of the cluster's would be refused.
            assert.deepEqual(rules.resourceRules.map(({ scope }) => scope), ["Namespaced"]);
        });

        it("judge every part of every kind there, those to come included", () => {
            const matched = policies.filter(({ name }) => ["objects", "connections"].includes(name)).flatMap(({ spec }) => {
                const { resourceRules } = spec.matchConstraints as { resourceRules: { apiGroups: string[]; apiVersions: string[]; operations: string[]; resources: string[] }[] };
                return resourceRules.filter(({ apiGroups, apiVersions, resources: of }) => [apiGroups, apiVersions, of].every((each) => each.join().startsWith("*"))).flatMap(({ operations }) => operations);
            });
            assert.deepEqual(matched.sort(), ["CONNECT", "CREATE", "DELETE", "UPDATE"]);
        });

        it("come after the sandbox and before every workload", () => {
            const made = [...ofKind(resources, "ValidatingAdmissionPolicy"), ...ofKind(resources, "ValidatingAdmissionPolicyBinding")].map(({ urn }) => urn);
            assert.equal(made.length, 2 * POLICIES.length);
            for (const { dependencies } of ofKind(resources, "Deployment")) {
                assert.deepEqual(made.filter((urn) => !dependencies.includes(urn)), []);
            }
            const { urn } = only(resources, "Namespace", "wikifunctions");
            assert.ok(only(resources, "ConfigMap", "admission").dependencies.includes(urn));
        });

        it("have as parameters what each service deploys", () => {
            const { data } = only(resources, "ConfigMap", "admission").inputs;
            assert.deepEqual(data, parametersOf(config, PROFILES, PRIORITY));
            for (const { name, inputs } of ofKind(resources, "Deployment")) {
                const { replicas, template: { spec } } = inputs.spec;
                const [container] = spec.containers;
                assert.equal(data[`${name}.replicas`], String(replicas));
                assert.equal(data[`${name}.profile`], container.securityContext.appArmorProfile.localhostProfile);
                assert.equal(data[`${name}.memory`], container.resources.limits.memory);
                assert.ok(container.image.startsWith(`${data[`${name}.image`]}:`));
                assert.equal(data[`${name}.nameserver`], spec.dnsConfig.nameservers[0]);
                assert.deepEqual(container.env.map((variable: { name: string; value: string }) => [variable.name, data[`${name}.env.${variable.name}`]]), container.env.map((variable: { name: string; value: string }) => [variable.name, variable.value]));
            }
        });
    });
}

describe("the admission policies and people", () => {
    /** What `objects` says of people, by name. */
    const conditionsOf = (values: ReturnType<typeof valuesOf>): Record<string, string> => {
        const [, , , , , objects] = policiesOf({ config: configOf(values), profiles: PROFILES, priorityClass: PRIORITY });
        const named = [objects?.spec.matchConditions, objects?.spec.variables].flat() as { name: string; expression: string }[];
        return Object.fromEntries(named.map(({ name, expression }) => [name, expression]));
    };
    const local = valuesOf("local");

    it("except deployers by name and by group, and previewers' dry runs", () => {
        const conditions = conditionsOf(changed(local, "admission", { deployers: { users: ["ann"], groups: ["deployers"] }, previewers: { users: ["ci"] } }));
        assert.equal(conditions["deployer"], "request.userInfo.username in ['ann'] || request.userInfo.?groups.orValue([]).exists(group, group in ['deployers'])");
        assert.equal(conditions["not-a-preview"], "!(request.?dryRun.orValue(false) && (request.userInfo.username in ['ann', 'ci'] || request.userInfo.?groups.orValue([]).exists(group, group in ['deployers'])))");
    });

    it("except nobody else", () => {
        const conditions = conditionsOf(changed(local, "admission", { deployers: { groups: ["deployers"] } }));
        assert.equal(conditions["deployer"], "request.userInfo.?groups.orValue([]).exists(group, group in ['deployers'])");
        assert.equal(conditions["plugin"], "false");
    });

    it("know the network plugins that the stack names", () => {
        const conditions = conditionsOf(changed(local, "admission", { deployers: { users: ["ann"] }, networkPlugins: { users: ["calico-cni"] } }));
        assert.deepEqual([conditions["plugin"], conditions["deployer"]], ["request.userInfo.username in ['calico-cni']", "request.userInfo.username in ['ann']"]);
    });

    it("have a runtime class among the parameters of the service that runs on one", () => {
        const values = changed(changed(local, "runtimeClasses", { gvisor: { handler: "runsc" } }), "evaluators.python.runtimeClassName", "gvisor");
        const parameters = parametersOf(configOf(values), PROFILES, PRIORITY);
        assert.deepEqual([parameters["evaluator-python.runtimeClass"], parameters["evaluator-lua.runtimeClass"]], ["gvisor", undefined]);
    });
});
