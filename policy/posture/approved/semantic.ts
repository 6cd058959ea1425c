import { isDeepStrictEqual } from "node:util";
import { loosenings } from "../../model/apparmor/diff";
import { plainName, underPlainName } from "../../model/apparmor/name";
import { parseProfile } from "../../model/apparmor/parser";
import { directoryOf, type Directory } from "../../model/network/directory";
import { isDefaultDeny } from "../../model/network/policy";
import { areAmong } from "../../model/network/ports";
import { invalidInPolicy } from "../../model/network/validity";
import { fieldOf, isObject, members } from "../../model/read";
import type { Resource, Value } from "../../model/resource";
import { metadata, stackOf } from "../../model/stack";
import { approvedPorts } from "../network/approved";
import { leavesSandbox } from "../network/ends";
import { halvesOf } from "../network/graph";
import type { Posture } from "../posture";
import type { Order } from "./verdict";

interface Network {
    readonly directory: Directory;
    readonly ports: ReturnType<typeof approvedPorts>;
}
const networks = new WeakMap<Posture, Network>();

/** What is approved of the network, looked up once for all policies. */
function networkOf(posture: Posture): Network {
    const known = networks.get(posture) ?? { directory: directoryOf(stackOf(posture.objects)), ports: approvedPorts(posture) };
    networks.set(posture, known);
    return known;
}

/** Whether a NetworkPolicy opens nothing but approved connections between the pods that are approved. */
export function opensOnlyApproved(policy: Resource, posture: Posture): boolean {
    const { directory, ports } = networkOf(posture);
    return invalidInPolicy(policy).length === 0 && [...halvesOf(policy, directory, posture)].every((half) => !leavesSandbox(half, posture) && areAmong(half.ports, ports(half)));
}

/** The spec of a NetworkPolicy in other words: one that denies everything still has to, any other opens no more than what is approved. */
export const opens: Order = {
    is: "opens no more",
    decide: (approved, now, { resource, posture }) => {
        if (isDeepStrictEqual(approved, now)) {
            return "same";
        }
        const before: Resource = { ...resource, props: { ...resource.props, spec: approved } };
        const isKept = isDefaultDeny(before) ? isDefaultDeny(resource) && !hasTwice(fieldOf(now, "policyTypes").value) : opensOnlyApproved(resource, posture);
        return isKept ? "tighter" : undefined;
    },
};

function hasTwice(list: Value): boolean {
    return Array.isArray(list) && new Set(list).size !== list.length;
}

/** AppArmor profiles by name, each with its text: the same but for their hashes, and none that grants more or denies less. */
export const profiles: Order = {
    is: "grants no more, and denies no less",
    decide: (approved, now, { resource, posture }) => {
        if (metadata(resource, "namespace") !== posture.loaderNamespace) {
            return undefined;
        }
        const [before, after] = [textsIn(approved), textsIn(now)];
        if (before === undefined || after === undefined || beyondProfiles(before, after).length > 0) {
            return "looser";
        }
        return Object.entries(before).every(([name, text]) => after[name] === text) ? "same" : "tighter";
    },
    must: (approved, { resource: { props } }) => {
        const [before, after] = [textsIn(approved), textsIn(props["data"])];
        const reasons = before === undefined || after === undefined ? ["not readable"] : beyondProfiles(before, after);
        return `profiles that grant no more, and deny no less, than the approved ones (${reasons.join("; ")})`;
    },
    plain: (value) => {
        const texts = isObject(value) && Object.keys(value).every((name) => plainName(name) !== undefined) ? textsIn(value) : undefined;
        return texts === undefined ? undefined : [texts];
    },
};

type Texts = Readonly<Record<string, string>>;

/** How profiles go beyond the approved ones, in words. */
function beyondProfiles(approved: Texts, now: Texts): string[] {
    return [...new Set([...Object.keys(approved), ...Object.keys(now)])].flatMap((name) => {
        const [before, after] = [approved, now].map((texts) => (Object.hasOwn(texts, name) ? texts[name] : undefined));
        if (before === undefined || after === undefined) {
            return [`${name} is ${before === undefined ? "not approved" : "missing"}`];
        }
        return before === after ? [] : beyondProfile(before, after).map((what) => `${name} ${what}`);
    });
}

function beyondProfile(approved: string, now: string): string[] {
    const [before, after] = [parseProfile(approved), parseProfile(now)];
    const problems = after.problems.length > 0 ? after.problems : loosenings(after.profile, before.profile);
    return problems.map(({ is, line }) => `${is}${line === undefined ? "" : ` (line ${String(line)})`}`);
}

/** Texts by plain name, with that name in them. */
function textsIn(data: Value): Readonly<Record<string, string>> | undefined {
    const texts = members(fieldOf(data)).map(({ key, value }) => [plainName(key) ?? key, typeof value === "string" ? underPlainName(key, value) : undefined] as const);
    const isReadable = isObject(data) && texts.every(([, text]) => text !== undefined) && new Set(texts.map(([name]) => name)).size === texts.length;
    return isReadable ? (Object.fromEntries(texts) as Record<string, string>) : undefined;
}

/** Entries of the approved list that aren't in the other; undefined where these are no lists. */
function missingIn(approved: Value, now: Value): Value[] | undefined {
    if (!Array.isArray(approved) || !Array.isArray(now)) {
        return undefined;
    }
    const given = now.map(withoutMessage);
    return approved.map(withoutMessage).filter((entry) => !given.some((each) => isDeepStrictEqual(each, entry)));
}

/** What is refused doesn't depend on how it is said. */
function withoutMessage(validation: Value): Value {
    return isObject(validation) && typeof validation["message"] === "string" ? Object.fromEntries(Object.entries(validation).filter(([key]) => key !== "message")) : validation;
}

/** Validations of an admission policy: all of the approved ones, and more that refuse more. */
export const validations: Order = {
    is: "refuses no less",
    decide: (approved, now) => {
        const missing = missingIn(approved, now);
        return missing === undefined || missing.length > 0 ? "looser" : (approved as Value[]).length < (now as Value[]).length ? "tighter" : "same";
    },
    must: () => "with all approved validations",
};
