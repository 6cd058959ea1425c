import { PARAMETERS } from "../posture/admission";
import { plainName, profileOf } from "../model/apparmor/name";
import { isOfKind } from "../model/kinds";
import { LOADER } from "../posture/loader";
import { field } from "../model/read";
import { metadata } from "../model/stack";
import type { Posture, Service } from "../posture/posture";
import { demand, forbid, oneOf, quantityUpTo } from "./kit/demand";
import { VARIABLES } from "./known-environment";
import { kubernetes } from "./kit/references";
import type { ResourceRule } from "./rule";
import { absentOr, exactly, integerText, matching, object, type Shape } from "./kit/shape";

/** Variables that bound what user code may have; the first is the time limit. */
const BOUNDED = {
    orchestrator: ["ORCHESTRATOR_TIMEOUT_MS"],
    evaluator: ["FUNCTION_EVALUATOR_TIMEOUT_MS", "EXECUTOR_PROCESS_POOL_SIZE", "WASMTIME_MEMORY_PAGES"],
} as const;
const ANY_NUMBER = 1_000_000_000;

export const admissionParameters: ResourceRule = {
    scope: "resource",
    name: "admission-parameters",
    measures: ["admission", "time-limit", "memory", "cpu", "apparmor"],
    severity: "critical",
    needs: "posture",
    waivable: true,
    description: "What the admission policies let a service have is no more than is approved for it.",
    rationale: "The policies hold pods to these parameters: another image, a higher limit or another profile here is one that kubectl may then deploy.",
    remediation: "Put the parameter back to what the stack's posture approves; they follow from the stack file, so that a difference mostly begins there.",
    references: [kubernetes("reference/access-authn-authz/validating-admission-policy/#parameter-resources")],
    check: (resource, posture) => {
        if (!isOfKind(resource, "ConfigMap") || metadata(resource, "namespace") !== posture.namespace) {
            return [];
        }
        const whole = { path: "", value: resource.props };
        return [
            ...demand(field(whole, "metadata", "name"), `"${PARAMETERS}", the only ConfigMap in the sandbox`, oneOf(PARAMETERS)),
            ...forbid(field(whole, "binaryData"), "left out; parameters are text"),
            ...parametersOf(posture)(field(whole, "data")),
        ];
    },
};

const text = matching("a text", (value) => typeof value === "string");
const upTo = (most: string): Shape => matching(`a quantity from 0 to ${most}`, quantityUpTo(most));

/** For parameters without which the policies refuse every pod; without any other they would ask for less. */
const dispensable = (shapes: Readonly<Record<string, Shape>>): Readonly<Record<string, Shape>> => Object.fromEntries(Object.entries(shapes).map(([key, shape]) => [key, absentOr(shape)]));

/** What each parameter may be that there may be. */
function parametersOf({ priorityClass, requireDigests, loaderImage, services }: Posture): Shape {
    return object({
        requireDigests: requireDigests ? exactly("true") : exactly("true", "false"),
        ...dispensable({ priorityClass: exactly(priorityClass), [`${LOADER.name}.image`]: exactly(loaderImage) }),
        ...Object.fromEntries(Object.entries(services).flatMap(([name, service]) => Object.entries(ofService(name, service)).map(([key, shape]) => [`${name}.${key}`, shape]))),
    });
}

function ofService(name: string, { role, image, minRuntimeClass, ceilings }: Service): Readonly<Record<string, Shape>> {
    const [timeout, ...others] = BOUNDED[role].map((variable) => `env.${variable}`);
    return {
        ...dispensable({
            ...Object.fromEntries(VARIABLES[role].map((variable) => [`env.${variable}`, text])),
            role: exactly(role),
            image: exactly(image),
            profile: matching(`a version of ${profileOf(name)}`, (value) => typeof value === "string" && plainName(value) === profileOf(name)),
            runtimeClass: text,
            nameserver: text,
            replicas: integerText(0, ceilings.replicas),
            cpu: upTo(ceilings.cpu),
            memory: upTo(ceilings.memory),
            ephemeralStorage: upTo(ceilings.ephemeralStorage),
        }),
        ...(minRuntimeClass === undefined ? {} : { runtimeClass: exactly(minRuntimeClass) }),
        ...Object.fromEntries(others.map((key) => [key, integerText(1, ANY_NUMBER)])),
        [String(timeout)]: integerText(1, ceilings.timeoutMs),
    };
}
