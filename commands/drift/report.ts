import { DIFFERENCES, type Finding } from "./finding";
import { repairOf } from "./repair";

/** A drift as JSON: `clean`, and `findings` with what, subject, details and repair. */
export function json(stack: string, findings: readonly Finding[]): string {
    const told = findings.map((finding) => ({ ...finding, repair: repairOf(finding.what, stack) }));
    return `${JSON.stringify({ stack, clean: findings.length === 0, findings: told }, undefined, 2)}\n`;
}

/** The same for people, by what is different, each with what to do about it. */
export function text(stack: string, findings: readonly Finding[]): string {
    if (findings.length === 0) {
        return `${stack}: the cluster is as the program says, and the policy pack agrees with both and with Pulumi's state.\n`;
    }
    const kinds = (Object.keys(DIFFERENCES) as Finding["what"][]).filter((kind) => findings.some(({ what }) => what === kind));
    const sections = kinds.map((kind) => [
        `${kind} (${DIFFERENCES[kind]}):`,
        ...findings.filter(({ what }) => what === kind).flatMap(({ subject, details }) => [`  ${subject}`, ...details.map((detail) => `    ${detail}`)]),
        `  → ${repairOf(kind, stack)}.`,
    ].join("\n"));
    return `${stack}: ${String(findings.length)} ${findings.length === 1 ? "difference" : "differences"}\n${sections.join("\n")}\n`;
}
