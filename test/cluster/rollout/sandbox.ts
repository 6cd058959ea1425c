import { postureOf } from "../../../policy/posture/posture";
import type { Sandbox } from "./measures";

const { namespace, loaderNamespace, priorityClass, admissionPolicies, services } = postureOf("local");

/** The sandbox of the stack `local`, as it is approved. */
export const SANDBOX: Sandbox = { namespace, loaderNamespace, priorityClass, admissionPolicies: Object.keys(admissionPolicies).map((name) => `${namespace}-${name}`) };

/** Its Services. */
export const SERVICES: readonly string[] = Object.keys(services);
