import type { PolicyViolation } from "../pulumi";
import type { Finding } from "./finding";

/** What the pack refuses in the program, and in the state what isn't refused in the program with the same words. */
export function violations(ofProgram: readonly PolicyViolation[], ofState: readonly PolicyViolation[]): Finding[] {
    const said = new Set(ofProgram.map(({ message }) => message));
    return [...ofProgram.map((violation) => findingOf("violation", violation)), ...ofState.filter(({ message }) => !said.has(message)).map((violation) => findingOf("state", violation))];
}

/** A message of the pack is the policy's description, then `rule: what is wrong`. */
function findingOf(what: Finding["what"], { policyName, message }: PolicyViolation): Finding {
    const [, rule = policyName, words = message.trim()] = /^[^\n]*\n([a-z-]+): (.*)$/s.exec(message.trim()) ?? [];
    return { what, subject: rule, details: words.split("\n") };
}
