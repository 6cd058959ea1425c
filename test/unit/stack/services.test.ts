import assert from "node:assert/strict";
import { evaluatorEnv } from "../../../infra/evaluator";
import { orchestratorEnv } from "../../../infra/orchestrator";
import { ofKind, only, run } from "../support/program";
import { changed, configOf, valuesOf } from "../support/stacks";

const DIGEST = `sha256:${"a".repeat(64)}`;

describe("the services", () => {
    it("tell the orchestrator where each language is evaluated, by whole names", () => {
        assert.deepEqual(JSON.parse(orchestratorEnv(configOf(valuesOf("local")))["ORCHESTRATOR_CONFIG"] ?? ""), {
            evaluatorConfigs: [
                {
                    programmingLanguages: ["Z610"],
                    evaluatorUri: "http://evaluator-python.wikifunctions.svc.cluster.local:6927/1/v1/evaluate/",
                    evaluatorWs: "ws://evaluator-python.wikifunctions.svc.cluster.local:6927/1/v1/evaluate/",
                    useReentrance: true,
                },
                { programmingLanguages: ["Z600"], evaluatorUri: "http://evaluator-javascript.wikifunctions.svc.cluster.local:6927/1/v1/evaluate/", evaluatorWs: "", useReentrance: false },
                { programmingLanguages: ["lua"], evaluatorUri: "http://evaluator-lua.wikifunctions.svc.cluster.local:6927/1/v1/evaluate/", evaluatorWs: "", useReentrance: false },
            ],
            useWikidata: true,
        });
    });

    it("give production's evaluators what they have in production", () => {
        const { evaluators } = configOf(valuesOf("production"));
        assert.deepEqual(evaluators.javascript && evaluatorEnv(evaluators.javascript), {
            FUNCTION_EVALUATOR_TIMEOUT_MS: "9000",
            EXECUTOR_PROCESS_POOL_SIZE: "15",
            EXECUTOR_ROOT: "/srv/executors",
            WASMTIME_MEMORY_PAGES: "10000",
            WASMTIME_FUEL_LIMIT: "10000000000",
            MAX_REQUESTS_PER_ID: "100",
        });
    });

    it("mention a cache only where there is one", () => {
        const env = orchestratorEnv(configOf(changed(valuesOf("local"), "orchestrator.memcachedUri", "cache.example.svc.cluster.local:11211")));
        assert.match(env["ORCHESTRATOR_CONFIG"] ?? "", /"memcachedUri":"cache.example.svc.cluster.local:11211","useMemcached":true/);
    });

    it("are pinned by digest where the stack has one", async () => {
        const resources = await run("local", changed(valuesOf("local"), "evaluators.lua.image.digest", DIGEST));
        assert.equal(
            only(resources, "Deployment", "evaluator-lua").inputs.spec.template.spec.containers[0].image,
            `docker-registry.wikimedia.org/repos/abstract-wiki/wikifunctions/function-evaluator/lua:placeholder@${DIGEST}`,
        );
    });

    it("run in the runtime that the stack chose, each evaluator for itself, and the class is created if it has a handler", async () => {
        const classes = { gvisor: { handler: "runsc", overhead: { cpu: "100m", memory: "64Mi" }, nodeSelector: { sandbox: "gvisor" } }, kata: {} };
        const values = ["python", "javascript"].reduce(
            (all, language, index) => changed(all, `evaluators.${language}.runtimeClassName`, Object.keys(classes)[index]),
            changed(valuesOf("local"), "runtimeClasses", classes),
        );
        const resources = await run("local", values);
        const chosen = ofKind(resources, "Deployment").map(({ name, inputs }) => [name, inputs.spec.template.spec.runtimeClassName]);
        assert.deepEqual(Object.fromEntries(chosen), { "orchestrator": undefined, "evaluator-python": "gvisor", "evaluator-javascript": "kata", "evaluator-lua": undefined });
        assert.deepEqual(ofKind(resources, "RuntimeClass").map(({ inputs: { metadata, handler, overhead, scheduling } }) => [metadata.name, handler, overhead, scheduling]), [
            ["gvisor", "runsc", { podFixed: { cpu: "100m", memory: "64Mi" } }, { nodeSelector: { sandbox: "gvisor" } }],
        ]);
    });

    it("get an SELinux type only on a cluster that has SELinux", async () => {
        const resources = await run("local", changed(valuesOf("local"), "seLinuxType", "container_t"));
        for (const { inputs } of ofKind(resources, "Deployment")) {
            const { securityContext, containers: [container] } = inputs.spec.template.spec;
            assert.deepEqual([securityContext.seLinuxOptions, container.securityContext.seLinuxOptions], [{ type: "container_t" }, { type: "container_t" }]);
        }
    });
});
