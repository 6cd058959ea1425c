import type { PolicyViolation } from "./pulumi";

/** The rule that a violation is of, and what it says. A message of the pack is the policy's description, then `rule: what is wrong`. */
export function ruleOf({ policyName, message }: PolicyViolation): { readonly rule: string; readonly words: string } {
    const [, rule = policyName, words = message.trim()] = /^[^\n]*\n([a-z-]+): (.*)$/s.exec(message.trim()) ?? [];
    return { rule, words };
}
