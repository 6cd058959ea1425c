import type { Language } from "./languages";

/** Ports of the images; source: the services' own defaults. */
export const PORTS = {
    orchestrator: { http: 6254, callback: 4974, metrics: 9100 },
    evaluator: { http: 6927, metrics: 9090 },
} as const;

export const ORCHESTRATOR = "orchestrator";
export const evaluatorName = (language: Language): string => `evaluator-${language}`;

export type Component = "orchestrator" | "evaluator";
export type Labels = Readonly<Record<string, string>>;

/** On everything that this program makes. */
export const COMMON_LABELS: Labels = {
    "app.kubernetes.io/part-of": "wikifunctions",
    "app.kubernetes.io/managed-by": "pulumi",
};

const INSTANCE = "app.kubernetes.io/instance";

/** What Services, NetworkPolicies and disruption budgets find a workload's pods by. */
export function selectorOf(instance: string): Labels {
    return { [INSTANCE]: instance };
}

/** Labels of a workload and of its pods. */
export function labelsOf(component: Component, instance: string): Labels {
    return {
        "app.kubernetes.io/name": `function-${component}`,
        ...selectorOf(instance),
        "app.kubernetes.io/component": component,
        ...COMMON_LABELS,
    };
}
