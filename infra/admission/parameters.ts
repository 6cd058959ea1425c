import type { Profiles } from "../apparmor/profiles";
import { LOADER } from "../apparmor/pod";
import { evaluatorsOf } from "../config/demand";
import type { Config } from "../config/schema";
import type { EvaluatorConfig, OrchestratorConfig } from "../config/services";
import { evaluatorEnv, NO_NAMESERVER } from "../evaluator";
import { evaluatorName, ORCHESTRATOR, type Component } from "../names";
import { orchestratorEnv } from "../orchestrator";

/** Name of the ConfigMap, in the sandbox's namespace. */
export const PARAMETERS = "admission";

interface Service {
    readonly name: string;
    readonly role: Component;
    readonly config: OrchestratorConfig | EvaluatorConfig;
    readonly env: Readonly<Record<string, string>>;
    readonly nameserver: string;
    readonly runtimeClass?: string | undefined;
}

function servicesIn(config: Config): Service[] {
    return [
        { name: ORCHESTRATOR, role: "orchestrator", config: config.orchestrator, env: orchestratorEnv(config), nameserver: config.dns.nameserver },
        ...evaluatorsOf(config).map(({ language, config: evaluator }): Service => (
            { name: evaluatorName(language), role: "evaluator", config: evaluator, env: evaluatorEnv(evaluator), nameserver: NO_NAMESERVER, runtimeClass: evaluator.runtimeClassName }
        )),
    ];
}

/**
 * What the stack deploys, as the policies read it: names, and the most of each amount. They see a change of it within milliseconds,
 * where a change of a policy takes a second, in which the workloads of the same update would be refused.
 */
export function parametersOf(config: Config, profiles: Profiles, priorityClass: string): Record<string, string> {
    const base = config.imageRegistry;
    return {
        priorityClass,
        requireDigests: String(config.requireDigests),
        [`${LOADER}.image`]: `${base}/${config.apparmor.image.repository}`,
        ...Object.fromEntries(servicesIn(config).flatMap(({ name, role, config: { image, replicas, resources: { limits } }, env, nameserver, runtimeClass }) => [
            [`${name}.role`, role],
            [`${name}.image`, `${base}/${image.repository}`],
            [`${name}.profile`, profiles.nameOf(name)],
            ...(runtimeClass === undefined ? [] : [[`${name}.runtimeClass`, runtimeClass]]),
            [`${name}.nameserver`, nameserver],
            [`${name}.replicas`, String(replicas)],
            [`${name}.cpu`, limits.cpu],
            [`${name}.memory`, limits.memory],
            [`${name}.ephemeralStorage`, limits.ephemeralStorage],
            ...Object.entries(env).map(([variable, value]) => [`${name}.env.${variable}`, value]),
        ])),
    };
}
