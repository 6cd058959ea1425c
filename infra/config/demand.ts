import { thousandths, type QuantityKind } from "./quantity";
import type { Amounts } from "./fields";
import type { Config } from "./schema";
import type { EvaluatorConfig, OrchestratorConfig } from "./services";

/** The three amounts that requests, limits, quota and limit range all speak of. */
export const AMOUNTS: readonly { readonly name: keyof Amounts; readonly kind: QuantityKind }[] = [
    { name: "cpu", kind: "cpu" },
    { name: "memory", kind: "bytes" },
    { name: "ephemeralStorage", kind: "bytes" },
];

/** How many pods a rolling update adds; none goes before its successor is ready. */
export const MAX_SURGE = 1;

export interface Service {
    /** Path in the configuration: `orchestrator` or `evaluators.<language>`. */
    readonly key: string;
    readonly config: OrchestratorConfig | EvaluatorConfig;
    readonly runtimeClassName?: string | undefined;
}

/** The configured evaluators, in the order of the languages. */
export function evaluatorsOf({ evaluators }: Config): { language: keyof Config["evaluators"]; config: EvaluatorConfig }[] {
    const languages = Object.keys(evaluators) as (keyof Config["evaluators"])[];
    return languages.flatMap((language) => {
        const config = evaluators[language];
        return config === undefined ? [] : [{ language, config }];
    });
}

/** Orchestrator and evaluators alike. */
export function servicesOf(config: Config): Service[] {
    const evaluators = evaluatorsOf(config).map(({ language, config: evaluator }) => (
        { key: `evaluators.${language}`, config: evaluator, runtimeClassName: evaluator.runtimeClassName }
    ));
    return [{ key: "orchestrator", config: config.orchestrator }, ...evaluators];
}

/** Pods of a service in the middle of a rolling update; a service scaled to nothing has none. */
export function podsAtMost({ config: { replicas } }: Service): number {
    return replicas === 0 ? 0 : replicas + MAX_SURGE;
}

/** What all services may ask of the quota at once, in thousandths: limits of every pod, surge and runtime overhead included. */
export function totalDemand(config: Config, { name, kind }: (typeof AMOUNTS)[number]): number {
    return servicesOf(config).reduce((sum, service) => {
        const overhead = service.runtimeClassName === undefined ? undefined : config.runtimeClasses[service.runtimeClassName]?.overhead;
        const extra = overhead === undefined || name === "ephemeralStorage" ? 0 : thousandths(overhead[name], kind);
        return sum + podsAtMost(service) * (thousandths(service.config.resources.limits[name], kind) + extra);
    }, 0);
}
