import { demandedBy, type Labels } from "../model/labels";
import { policyName } from "../model/network/policy";
import { field, type Field } from "../model/read";
import type { Stack } from "../model/stack";
import { graphOf, type Half } from "../posture/network/graph";
import type { Party, Posture } from "../posture/posture";

/** How the program calls a policy: `orchestrator-to-wiki-egress`. */
const NAME = /^(.+)-to-(.+)-(?:egress|ingress)$/;

/**
 * Outsiders that NetworkPolicies name and the posture doesn't know, as parties that would have to be approved, by names that follow from
 * those of the policies. Who can't be told from everybody else is left out: nobody can approve that.
 */
export function unknownParties(stack: Stack, posture: Posture): Readonly<Record<string, Party>> {
    const found = new Map<string, Party>();
    const known = new Set(Object.values(posture.parties).map((party) => JSON.stringify(party)));
    const freeName = namer(Object.keys(posture.parties));
    for (const half of graphOf(stack, posture).halves.filter(({ from, to }) => from.sort === "stranger" || to.sort === "stranger")) {
        const party = half.by.peer === undefined ? undefined : partyOf(half.by.peer);
        if (party !== undefined && !known.has(JSON.stringify(party))) {
            known.add(JSON.stringify(party));
            found.set(freeName(nameOf(half, posture)), party);
        }
    }
    return Object.fromEntries(found);
}

function partyOf(peer: Field): Party | undefined {
    const cidr = field(peer, "ipBlock", "cidr").value;
    if (typeof cidr === "string") {
        return { cidr };
    }
    const [namespaceSelector, podSelector]: Labels[] = [demandedBy(field(peer, "namespaceSelector")), demandedBy(field(peer, "podSelector"))];
    const isSomebody = [namespaceSelector, podSelector].every((labels) => labels !== undefined && Object.keys(labels).length > 0);
    return isSomebody ? { namespaceSelector: namespaceSelector ?? {}, podSelector: podSelector ?? {} } : undefined;
}

/** The end that is no service of the stack. */
function nameOf({ by: { policy } }: Half, { services }: Posture): string {
    const name = policyName(policy);
    const [, start = name, end = name] = NAME.exec(name) ?? [];
    return Object.hasOwn(services, start) ? end : start;
}

/** Gives each name out once, and then the same with a number. */
function namer(names: readonly string[]): (name: string) => string {
    const [taken, numbers] = [new Set(names), new Map<string, number>()];
    return (name) => {
        let [free, number] = [name, numbers.get(name) ?? 1];
        while (taken.has(free)) {
            number += 1;
            free = `${name}-${String(number)}`;
        }
        numbers.set(name, number);
        taken.add(free);
        return free;
    };
}

/** `commons: pods of {"app":"mediawiki"} in namespaces of {…}`, `cache: 10.2.0.0/16`. */
export function partyInWords(name: string, party: Party): string {
    return `${name}: ${"cidr" in party ? party.cidr : `pods of ${JSON.stringify(party.podSelector)} in namespaces of ${JSON.stringify(party.namespaceSelector)}`}`;
}
