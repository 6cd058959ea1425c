import { policiesOf } from "../../../infra/admission";
import { PARAMETERS, parametersOf } from "../../../infra/admission/parameters";
import { renderProfiles } from "../../../infra/apparmor/profiles";
import { changed, configOf, valuesOf } from "../../unit/support/stacks";
import { NETWORK_PLUGIN } from "./people";

const NAMESPACE = "wikifunctions";
const GROUP = "admissionregistration.k8s.io/v1";

/** The stack `local`'s admission policies as objects, with a network plugin; their bindings stand apart, to be taken away. */
export function admissionObjects(): { readonly policies: readonly object[]; readonly bindings: readonly object[] } {
    const config = configOf(changed(valuesOf("local"), "admission", { deployers: { users: ["lab-admin"] }, networkPlugins: { users: [NETWORK_PLUGIN] } }));
    const args = { config, profiles: renderProfiles(), priorityClass: "wikifunctions-sandbox" };
    const all = policiesOf(args);
    const paramRef = { name: PARAMETERS, namespace: NAMESPACE, parameterNotFoundAction: "Deny" };
    return {
        policies: [
            { apiVersion: "v1", kind: "ConfigMap", metadata: { name: PARAMETERS, namespace: NAMESPACE }, data: parametersOf(args.config, args.profiles, args.priorityClass) },
            ...all.map(({ name, spec }) => ({ apiVersion: GROUP, kind: "ValidatingAdmissionPolicy", metadata: { name: `${NAMESPACE}-${name}` }, spec })),
        ],
        bindings: all.map(({ name, spec }) => ({
            apiVersion: GROUP,
            kind: "ValidatingAdmissionPolicyBinding",
            metadata: { name: `${NAMESPACE}-${name}` },
            spec: { policyName: `${NAMESPACE}-${name}`, validationActions: ["Deny"], ...(spec.paramKind === undefined ? {} : { paramRef }) },
        })),
    };
}
