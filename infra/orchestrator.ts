import type * as pulumi from "@pulumi/pulumi";
import { evaluatorsOf } from "./config/demand";
import { imageReference } from "./config/image";
import type { Config } from "./config/schema";
import { PROGRAMMING_LANGUAGES } from "./languages";
import { evaluatorName, PORTS } from "./names";
import { Workload, type Surroundings } from "./workload";

/** Path of an evaluator that takes code and arguments. */
const EVALUATE_PATH = "/1/v1/evaluate/";

function evaluatorConfigs(config: Config) {
    return evaluatorsOf(config).map(({ language, config: { programmingLanguages, reentrance } }) => {
        // Whole names: the pods have no search domains.
        const address = `${evaluatorName(language)}.${config.namespace}.svc.${config.dns.clusterDomain}:${PORTS.evaluator.http}${EVALUATE_PATH}`;
        return {
            programmingLanguages: programmingLanguages ?? PROGRAMMING_LANGUAGES[language],
            evaluatorUri: `http://${address}`,
            evaluatorWs: reentrance ? `ws://${address}` : "",
            useReentrance: reentrance,
        };
    });
}

/** The orchestrator's environment, as its image reads it. Nothing in it is secret. */
export function orchestratorEnv(config: Config): Record<string, string> {
    const { timeoutMs, wikiApiUrl, wikiVirtualHost, wikidataApiUrl, wikidataVirtualHost, useWikidata, memcachedUri } = config.orchestrator;
    return {
        WIKI_API_URL: wikiApiUrl,
        WIKI_VIRTUAL_HOST: wikiVirtualHost,
        WIKIDATA_API_URL: wikidataApiUrl,
        WIKIDATA_VIRTUAL_HOST: wikidataVirtualHost,
        ORCHESTRATOR_TIMEOUT_MS: String(timeoutMs),
        ORCHESTRATOR_CONFIG: JSON.stringify({
            evaluatorConfigs: evaluatorConfigs(config),
            useWikidata,
            ...(memcachedUri === undefined ? {} : { memcachedUri, useMemcached: true }),
        }),
    };
}

export interface OrchestratorArgs {
    readonly config: Config;
    readonly surroundings: Surroundings;
    readonly appArmorProfile: string;
}

/** Takes function calls, fetches what they need from the wikis, and hands code to the evaluators. */
export class Orchestrator extends Workload {
    public constructor(name: string, { config, surroundings, appArmorProfile }: OrchestratorArgs, options: pulumi.ComponentResourceOptions) {
        const { image, replicas, resources, timeoutMs } = config.orchestrator;
        const reentrance = evaluatorsOf(config).some((evaluator) => evaluator.config.reentrance);
        super(name, {
            surroundings,
            component: "orchestrator",
            image: imageReference(config.imageRegistry, image),
            replicas,
            env: orchestratorEnv(config),
            ports: PORTS.orchestrator,
            offered: reentrance ? ["http", "callback"] : ["http"],
            resources,
            timeoutMs,
            appArmorProfile,
            nameserver: config.dns.nameserver,
        }, options);
    }
}
