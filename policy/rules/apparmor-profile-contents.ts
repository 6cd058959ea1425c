import { parseProfiles, type ParsedProfile } from "../model/apparmor";
import { objection } from "../model/apparmor-grants";
import { LOADER } from "../model/loader";
import { field, isUnset, members, type Field } from "../model/read";
import { metadata } from "../model/stack";
import { kubernetes } from "./references";
import type { ResourceRule, Violation } from "./rule";

/** Flags that confine, or that only say how paths are told. */
const FLAGS = new Set(["enforce", "kill", "attach_disconnected", "mediate_deleted"]);
const MUST = "a self-contained profile in enforce mode that grants no more than this project's profiles may";

export const apparmorProfileContents: ResourceRule = {
    scope: "resource",
    name: "apparmor-profile-contents",
    measures: ["apparmor"],
    severity: "critical",
    needs: "posture",
    description: "Every AppArmor profile enforces, includes nothing, and grants only reading, mapping and executing by path, streams, and signals within.",
    rationale: "A profile in complain mode, or one with `file,` or a capability, is a measure in name only: the pod's field still looks right.",
    remediation: "Grant single paths with r, m and ix; take the flag, include or rule out that is named.",
    references: [kubernetes("tutorials/security/apparmor/"), "https://manpages.debian.org/apparmor.d.5"],
    check: (resource, posture) => {
        const isProfiles = resource.type.split(":").at(-1) === "ConfigMap" && metadata(resource, "namespace") === posture.loaderNamespace;
        const whole = { path: "", value: resource.props };
        const binary = field(whole, "binaryData");
        return !isProfiles ? [] : [
            ...(metadata(resource, "name") === LOADER.configMap ? [] : [{ path: "metadata.name", is: "another name", must: `"${LOADER.configMap}", the only ConfigMap in the loader's namespace` }]),
            ...(isUnset(binary.value) ? [] : [{ path: binary.path, is: "set", must: "left out; profiles are text" }]),
            ...members(field(whole, "data")).flatMap(judge),
        ];
    },
};

function judge(entry: Field & { readonly key: string }): Violation[] {
    const parsed = typeof entry.value === "string" ? parseProfiles(entry.value) : undefined;
    const [profile, ...others] = parsed?.profiles ?? [];
    if (parsed === undefined || profile === undefined || others.length > 0) {
        return [{ path: entry.path, is: "not the text of one profile", must: MUST }];
    }
    const before = parsed.preamble.filter(({ words }) => words[0] !== "abi").map(({ line, words }) => `has ${words[0] ?? "something"} in line ${String(line)} outside of the profile`);
    const named = profile.name === entry.key ? [] : [`is called ${profile.name}`];
    const objections = [...before, ...named, ...objectionsTo(profile)];
    return objections.map((is) => ({ path: entry.path, is: `a profile that ${is}`, must: MUST }));
}

function objectionsTo({ name, flags, body }: ParsedProfile): string[] {
    const role = name.startsWith("wikifunctions-orchestrator-") ? "orchestrator" : "evaluator";
    return [
        ...flags.filter((flag) => !FLAGS.has(flag)).map((flag) => `has the flag ${flag}`),
        ...body.flatMap((statement) => {
            const why = objection(statement, role);
            return why === undefined ? [] : [`${why} in line ${String(statement.line)}`];
        }),
    ];
}
