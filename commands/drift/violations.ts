import type { PolicyViolation } from "../pulumi";
import { ruleOf } from "../violation";
import type { Finding } from "./finding";

/** What the pack refuses in the program, and in the state what isn't refused in the program with the same words. */
export function violations(ofProgram: readonly PolicyViolation[], ofState: readonly PolicyViolation[]): Finding[] {
    const said = new Set(ofProgram.map(({ message }) => message));
    return [...ofProgram.map((violation) => findingOf("violation", violation)), ...ofState.filter(({ message }) => !said.has(message)).map((violation) => findingOf("state", violation))];
}

function findingOf(what: Finding["what"], violation: PolicyViolation): Finding {
    const { rule, words } = ruleOf(violation);
    return { what, subject: rule, details: words.split("\n") };
}
