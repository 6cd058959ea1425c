import { parseProfile, type Profile } from "../../../../policy/model/apparmor/parser";
import { printProfile } from "../../../../policy/model/apparmor/print";
import { printRule, ruleOf, type Rule } from "../../../../policy/model/apparmor/rule";
import * as words from "../../../../policy/model/apparmor/words";
import { anyGlob } from "../globs";

/** Numbers below a number, by chance. */
export type Chance = (below: number) => number;

function oneOf<One>(next: Chance, all: readonly One[]): One {
    return all[next(all.length)] as One;
}

/** At least one of them. */
function someOf(next: Chance, all: readonly string[]): string[] {
    const kept = all.filter(() => next(2) === 0);
    return kept.length > 0 ? kept : [oneOf(next, all)];
}

function maybe(next: Chance, text: () => string): string {
    return next(2) === 0 ? "" : ` ${text()}`;
}

const LOCAL = words.UNIX_ACCESSES.slice(0, words.UNIX_ACCESSES.indexOf("accept"));
const WITH_PEERS = words.UNIX_ACCESSES.slice(LOCAL.length);

const FAMILIES = ["inet", "inet6", "netlink", "packet", "xdp"];

/** Rules that aren't about files, by keyword. The parser takes a socket's peer only for accesses that have one. */
const ANY: Readonly<Record<string, (next: Chance) => string>> = {
    capability: (next) => maybe(next, () => someOf(next, ["chown", "sys_admin", "net_raw", "bpf"]).join(" ")),
    network: (next) => {
        const domain = maybe(next, () => oneOf(next, FAMILIES));
        return domain + maybe(next, () => oneOf(next, words.SOCKET_TYPES));
    },
    unix: (next) => {
        const type = maybe(next, () => `type=${oneOf(next, words.UNIX_TYPES)}`);
        const peer = maybe(next, () => `peer=(label=${oneOf(next, words.PEERS)})`);
        return next(2) === 0
            ? maybe(next, () => `(${someOf(next, LOCAL).join(", ")})`) + type
            : ` (${someOf(next, WITH_PEERS).join(", ")})${type}${peer}`;
    },
    signal: (next) => maybe(next, () => `(${someOf(next, words.SIGNAL_ACCESSES).join(", ")})`) + anyPeers(next),
    ptrace: (next) => maybe(next, () => `(${someOf(next, words.PTRACE_ACCESSES).join(", ")})`) + anyPeers(next),
    mount: () => "",
    umount: () => "",
    pivot_root: () => "",
    dbus: () => "",
};

function anyPeers(next: Chance): string {
    return maybe(next, () => `peer={${someOf(next, words.PEERS).join(",")}}`);
}

function anyPermissions(next: Chance, allows: boolean): string {
    const execute = allows ? "ix" : "x";
    const letters = someOf(next, ["m", "r", oneOf(next, ["w", "a"]), "l", "k"]).join("");
    return next(6) === 0 ? execute : letters + (next(3) > 0 ? "" : execute);
}

/** Ways to widen and narrow a pattern. */
const GLOB_EDITS: readonly (readonly [from: RegExp, to: string])[] = [
    [/\{,\*\*\}/, "**"], [/\*\*/, "*"], [/(?<!\*)\*(?!\*)/, "**"], [/\*(?=[^*]|$)/, "?*"], [/\?\*/, "*"],
    [/\{,/, "{x,"], [/,[^,{}]*\}/, ",x}"], [/[a-z]+(?=\/)/, "*"], [/[a-z]$/, "{,**}"], [/$/, "{,/**}"],
    [/[a-z](?=[a-z])/, "?"], [/[a-z](?=[a-z])/, "[a-m]"], [/\[0-9\]/, "[2-5a]"], [/\[0-9\]\*/, "*"],
];

function edited(next: Chance, rule: Rule): string {
    const sign = (next(6) === 0 ? !rule.allows : rule.allows) ? "" : "deny ";
    if (!("glob" in rule)) {
        return `${sign}${rule.is.keyword}${ANY[rule.is.keyword]?.(next) ?? ""},`;
    }
    const [from, to] = next(2) === 0 ? [/^/, ""] : oneOf(next, GLOB_EDITS);
    const path = rule.glob.text.replace(from, to);
    const owner = (next(4) === 0 ? !rule.owner : rule.owner) ? "owner " : "";
    const permissions = next(2) === 0 ? rule.permissions.join("").replace("i", "") : anyPermissions(next, true);
    // How to execute is said where it is allowed alone.
    return `${sign}${owner}${path} ${sign === "" ? permissions.replace(/x$/, "ix") : permissions.replace("ix", "x")},`;
}

function added(next: Chance): string {
    const sign = next(3) === 0 ? "deny " : "";
    const keyword = oneOf(next, Object.keys(ANY));
    return next(3) === 0
        ? `${sign}${keyword}${ANY[keyword]?.(next) ?? ""},`
        : `${sign}${next(4) === 0 ? "owner " : ""}/srv${anyGlob(next)} ${anyPermissions(next, sign === "")},`;
}

/** The profile with rules left out, made others or joined by others, by chance. */
function varied(next: Chance, profile: Profile): Profile {
    const texts = profile.rules.flatMap((rule) => oneOf(next, [
        ...Array.from({ length: 24 }, () => () => [printRule(rule)]),
        () => [],
        () => [edited(next, rule)],
        () => [printRule(rule), edited(next, rule)],
        () => [printRule(rule), added(next)],
    ])());
    return { ...profile, rules: texts.map(ruleOf).filter((rule) => rule !== undefined) };
}

/** Two versions of one profile, in a text each that is read without a problem. */
export function anyPair(next: Chance, approved: readonly string[], name: string): readonly [string, string] {
    const { profile } = parseProfile(oneOf(next, approved));
    const base = { ...profile, name, rules: profile.rules.filter(() => next(3) === 0) };
    return [printProfile(varied(next, base)), printProfile(next(3) === 0 ? varied(next, base) : base)];
}

/** The text with all that a later edit may allow: only what is denied is left out then. */
export function opened(text: string): string {
    // All families at once take the parser ten times as long as all the rest.
    const families = [...FAMILIES, "tipc"].map((family) => `network ${family}`);
    const others = ["capability", "unix", "signal", "ptrace", "mount", "umount", "pivot_root", "dbus"];
    const everything = ["/** mrwlkix", ...families, ...others];
    return text.replace(/\}\n$/, `${everything.map((rule) => `  ${rule},\n`).join("")}}\n`);
}
