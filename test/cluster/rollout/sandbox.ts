import { postureOf } from "../../../policy/posture/files";
import { metadata, stackOf } from "../../../policy/model/stack";
import type { Sandbox } from "./measures";

const { namespace, loaderNamespace, priorityClass, objects, services } = postureOf("local");

/** The sandbox of the stack `local`, as it is approved. */
export const SANDBOX: Sandbox = {
    namespace,
    loaderNamespace,
    priorityClass,
    admissionPolicies: stackOf(objects).ofKind("ValidatingAdmissionPolicy").map((policy) => String(metadata(policy, "name"))),
};

/** Its Services. */
export const SERVICES: readonly string[] = Object.keys(services);
