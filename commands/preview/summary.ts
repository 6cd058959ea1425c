import { groupBy } from "../../policy/model/group";
import type { PolicyViolation } from "../pulumi";
import { ruleOf } from "../violation";

type Said = ReturnType<typeof ruleOf>;

/** What goes away by itself with what another rule has found: a pod that no policy selects is what a default deny is for. */
const CONSEQUENCES = [{ rule: "network-edges", says: "no NetworkPolicy selects its pods for it", of: "default-deny" }];

const count = (number: number): string => `${String(number)} violation${number === 1 ? "" : "s"}`;

/**
 * What Pulumi has listed resource by resource, once more by rule, for whoever looks for the one line that caused it all: how many there
 * are of each rule, and its first message. What only follows from another one is counted at the end. Nothing, where one violation speaks
 * for itself.
 */
export function summary(violations: readonly PolicyViolation[]): string[] {
    const said = violations.map(ruleOf);
    const rules = new Set(said.map(({ rule }) => rule));
    const follows = ({ rule, words }: Said): boolean => CONSEQUENCES.some((each) => each.rule === rule && rules.has(each.of) && words.includes(each.says));
    const [own, others] = [said.filter((each) => !follows(each)), said.filter(follows)];
    const lines = [...groupBy(own, ({ rule }) => [rule])].map(([rule, [first, ...more]]) => `  ${rule} (${String(more.length + 1)}): ${first?.words.replaceAll("\n", " ") ?? ""}`);
    const rest = [...groupBy(others, ({ rule }) => [rule])].map(([rule, same]) => `  ${rule} (${String(same.length)}): follows from what stands above`);
    return said.length < 2 ? [] : [`${count(said.length)} by rule, with the first one of each:`, ...lines, ...rest];
}
