import { objectionsTo } from "../model/apparmor/floor";
import { isGenuine, plainName, profileOf } from "../model/apparmor/name";
import { parseProfile } from "../model/apparmor/parser";
import type { Problem } from "../model/apparmor/problem";
import { configMapOf } from "../posture/loader";
import { describe, describeName } from "../model/message";
import { field, type Field, fieldOf, isUnset, members } from "../model/read";
import { metadata } from "../model/stack";
import type { Posture } from "../posture/posture";
import { demand, isEmpty, oneOf } from "./kit/demand";
import { kubernetes } from "./kit/references";
import type { Violation } from "../model/violation";
import type { ResourceRule } from "./rule";

const MUST = "a self-contained profile in enforce mode, with one known rule a line, that grants nothing that no profile may grant";

export const apparmorProfileContents: ResourceRule = {
    scope: "resource",
    name: "apparmor-profile-contents",
    measures: ["apparmor"],
    severity: "critical",
    needs: "posture",
    description: "Every AppArmor profile enforces, includes nothing, can be read in one way only, and grants nothing but what the floor lets any profile grant; other profiles come in another ConfigMap.",
    rationale: "A profile in complain mode, or one with `file,` or a capability, is a measure in name only: the pod's field still looks right. What a reader and the node's parser read otherwise, as `deny capability chown,file,`, is another profile than the reviewed one. A ConfigMap that changes takes away what pods still run under.",
    remediation: "Take out the flag, include or rule that is named, or write it as is said; what a service really needs is approved with its object.",
    references: [kubernetes("tutorials/security/apparmor/"), "https://manpages.debian.org/apparmor.d.5"],
    check: (resource, posture) => {
        const isProfiles = resource.type.split(":").at(-1) === "ConfigMap" && metadata(resource, "namespace") === posture.loaderNamespace;
        const whole = fieldOf(resource.props);
        return !isProfiles ? [] : [
            ...called(field(whole, "metadata", "name"), configMapOf(members(field(whole, "data")).map(({ key }) => key))),
            ...demand(field(whole, "binaryData"), "left out; profiles are text", isEmpty),
            ...demand(field(whole, "data"), "set", (data) => !isUnset(data)),
            ...members(field(whole, "data")).flatMap((entry) => judge(entry, posture)),
        ];
    },
};

function called(name: Field, wanted: string): Violation[] {
    return demand(name, `"${wanted}", with the hash of the names in it`, oneOf(wanted), describeName);
}

function judge(entry: Field & { readonly key: string }, { services }: Posture): Violation[] {
    const { key, path, value } = entry;
    if (typeof value !== "string") {
        return [{ path, is: describe(value), must: MUST }];
    }
    const { profile, problems } = parseProfile(value);
    const role = Object.entries(services).find(([service]) => profileOf(service) === plainName(key))?.[1].role ?? "evaluator";
    const found: Problem[] = problems.length > 0 ? [...problems] : [
        ...(profile.name === key ? [] : [{ is: `is called ${profile.name}`, line: undefined }]),
        ...(isGenuine(key, value) ? [] : [{ is: "doesn't have the hash that its name ends in", line: undefined }]),
        ...objectionsTo(profile, role),
    ];
    return found.map(({ is, line }) => ({ path, is: `a profile that ${is}${line === undefined ? "" : ` (line ${String(line)})`}`, must: MUST }));
}
