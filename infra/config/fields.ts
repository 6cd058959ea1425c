import { z } from "zod";
import { parseQuantity, type QuantityKind } from "./quantity";

/** Every schema carries what it allows as its error message; `problem.ts` makes the sentence around it. */
export function text(pattern: RegExp, allowed: string) {
    return z.string({ error: allowed }).regex(pattern, { error: allowed });
}

/** An object that refuses unknown keys and names the known ones. */
export function object<Shape extends z.ZodRawShape>(shape: Shape) {
    const keys = Object.keys(shape).join(", ");
    return z.strictObject(shape, { error: ({ code }) => (code === "unrecognized_keys" ? keys : `an object with the keys ${keys}`) });
}

export function integer(minimum: number, maximum: number, unit = "") {
    const allowed = `a whole number from ${minimum} to ${maximum}${unit}`;
    return z.number({ error: allowed }).int({ error: allowed }).min(minimum, { error: allowed }).max(maximum, { error: allowed });
}

export const flag = z.boolean({ error: "true or false" });

/** YAML reads `cpu: 6` as a number; Kubernetes takes text, so both are accepted and text comes out. */
function quantity(kind: QuantityKind, allowed: string) {
    return z.union([z.string(), z.number()], { error: allowed })
        .transform(String)
        .refine((value) => parseQuantity(value, kind) !== undefined, { error: allowed });
}

export const cpu = quantity("cpu", 'a CPU quantity above zero, such as "500m" or "2"');
export const bytes = quantity("bytes", 'whole bytes above zero, such as "400Mi" or "2Gi"');

const DNS_LABEL = /^[a-z0-9]([-a-z0-9]{0,38}[a-z0-9])?$/;
export const name = text(DNS_LABEL, "a DNS label: lower case letters, digits and dashes, 40 characters at most");

const LABEL_VALUE = /^[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;
const LABEL_KEY = /^([a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?\/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;
export const labels = z.record(
    text(LABEL_KEY, "a Kubernetes label key, such as kubernetes.io/metadata.name"),
    text(LABEL_VALUE, "a Kubernetes label value that is not empty"),
    { error: "an object of labels" },
);

/** A selector without labels selects everything, which is the opposite of naming somebody. */
export const selector = labels.refine((value) => Object.keys(value).length > 0, { error: "at least one label, because an empty selector matches everything" });

export const port = integer(1, 65535);

export const toleration = object({
    key: text(LABEL_KEY, "the key of a taint; without one, every taint would be tolerated"),
    operator: z.enum(["Equal", "Exists"], { error: "Equal or Exists" }).default("Equal"),
    value: text(LABEL_VALUE, "the value of a taint").optional(),
    effect: z.enum(["NoSchedule", "PreferNoSchedule", "NoExecute"], { error: "NoSchedule, PreferNoSchedule or NoExecute" }),
});
export type Toleration = z.output<typeof toleration>;
export const tolerations = z.array(toleration, { error: "a list of tolerations" });

const amounts = object({ cpu, memory: bytes, ephemeralStorage: bytes });
/** Requests and limits of one container; all six are asked for, so that none is forgotten. */
export const resources = object({ requests: amounts, limits: amounts });
export type Amounts = z.output<typeof amounts>;
export type Resources = z.output<typeof resources>;
