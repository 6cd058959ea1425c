import type * as pulumi from "@pulumi/pulumi";
import { imageReference } from "./config/image";
import type { EvaluatorConfig } from "./config/services";
import { PORTS } from "./names";
import { Workload, type Surroundings } from "./workload";

/** Where the image has the programs that run user code. */
const EXECUTOR_ROOT = "/srv/executors";
/** `dnsPolicy: None` asks for a name server. In an evaluator nothing listens there, and no policy lets it ask elsewhere. */
export const NO_NAMESERVER = "127.0.0.1";

/** An evaluator's environment, as its image reads it. User code inherits it whole. */
export function evaluatorEnv(config: EvaluatorConfig): Record<string, string> {
    return {
        FUNCTION_EVALUATOR_TIMEOUT_MS: String(config.timeoutMs),
        EXECUTOR_PROCESS_POOL_SIZE: String(config.processPoolSize),
        EXECUTOR_ROOT,
        WASMTIME_MEMORY_PAGES: String(config.wasmtimeMemoryPages),
        WASMTIME_FUEL_LIMIT: String(config.wasmtimeFuelLimit),
        MAX_REQUESTS_PER_ID: String(config.maxRequestsPerId),
    };
}

export interface EvaluatorArgs {
    readonly config: EvaluatorConfig;
    readonly imageRegistry: string;
    readonly surroundings: Surroundings;
    readonly appArmorProfile: string;
}

/** Runs code that anybody may write, in one language. */
export class Evaluator extends Workload {
    public constructor(name: string, { config, imageRegistry, surroundings, appArmorProfile }: EvaluatorArgs, options: pulumi.ComponentResourceOptions) {
        super(name, {
            surroundings,
            component: "evaluator",
            image: imageReference(imageRegistry, config.image),
            replicas: config.replicas,
            env: evaluatorEnv(config),
            ports: PORTS.evaluator,
            offered: ["http"],
            resources: config.resources,
            timeoutMs: config.timeoutMs,
            appArmorProfile,
            runtimeClass: config.runtimeClassName,
            nameserver: NO_NAMESERVER,
        }, options);
    }
}
