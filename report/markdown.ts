import { isClean, type Report } from "./contents";
import type { Found, MeasureState } from "./measures";
import type { Party } from "./network";
import { count, daysInWords } from "./words";
import type { Bound } from "./workloads";

/** Signs that Markdown or HTML would take for more than letters, and `@`, which calls people on a merge request. */
const MEANINGFUL = /[\\`*_[\]<>|~&#@!]|:(?=\/\/)|(?<=\bwww)\./g;

/** Text as Markdown shows it, on one line. */
function plain(text: string): string {
    return text.replaceAll(/\s+/g, " ").replaceAll(MEANINGFUL, (sign) => (sign === "@" ? "@\u2060" : `\\${sign}`));
}

/** Text between backticks, more of them than it has itself; a bar would end the cell of a table even there. */
function code(text: string): string {
    const line = text.replaceAll(/\s+/g, " ").replaceAll("|", "\\|");
    const fence = "`".repeat(Math.max(0, ...[...line.matchAll(/`+/g)].map(([run]) => run.length)) + 1);
    return fence.length === 1 ? `\`${line}\`` : `${fence} ${line} ${fence}`;
}

const VERDICTS = { looser: "▲ looser", tighter: "▼ tighter", neutral: "neither" } as const;

const row = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;

/** @param none what is said where there is no row */
function table(head: readonly string[], rows: readonly (readonly string[])[], none: string): string {
    return rows.length === 0 ? none : [row(head), row(head.map(() => "---")), ...rows.map(row)].join("\n");
}

/** The same as the page, for a merge request. */
export function markdown(report: Report): string {
    const { stack, day, resources, posture, measures, violations, network, changes, waivers, workloads, sandbox } = report;
    const relaxations = changes.filter(({ verdict }) => verdict === "looser").length;
    return `${[
        `# Security posture of ${plain(stack)}`,
        `**${isClean(report) ? "✔ No violations." : `✘ ${count(violations.length, "violation")}, ${count(relaxations, "relaxation")}.`}** ${count(resources, "resource")}, as previewed on ${day} (UTC).`,
        "## Violations",
        violations.length === 0 ? "None: the policy pack lets this stack pass." : violations.map(violation).join("\n"),
        "## Measures",
        table(["Measure", "State", "Why", "Policies", "In-cluster guard"], measures.map(({ measure, state, why, policies, guard }) => [code(measure), state, plain(why), policies.map(({ name }) => name).join(", "), plain(guard ?? "none")]), "None."),
        ...measures.map(details),
        "## What may reach what",
        network.open.length === 0 ? "Denied by default, both ways: what isn't a row of this table can't connect." : `**✘ Not denied by default:** ${network.open.map(plain).join(", ")}.`,
        table(["From", "To", "Ports", "By the posture", "NetworkPolicies"], network.links.map(({ from, to, ports, approved, policies }) => [party(from), party(to), ports.join(", "), approved ? "approved" : "✘ not approved", policies.map(plain).join(", ")]), "Nothing may connect."),
        ...(network.rest === undefined ? [] : [`**✘ ${network.rest}**`]),
        "## Against what is approved",
        `What is approved stands in ${code(posture)}.`,
        table(["", "Object", "Field", "Approved", "This stack"], changes.map(({ verdict, object, path, approved, now }) => [VERDICTS[verdict], plain(object), path === "" ? "all of it" : code(path), plain(approved ?? "nothing"), plain(now ?? "nothing")]), "The stack is just as approved."),
        "## Waivers",
        table(["Rule", "Resource", "Days left", "Last day", "Reason", "Ticket", "Owner"], waivers.map(({ rule, resource, daysLeft, expires, reason, ticket, owner }) => [plain(rule), plain(resource), daysInWords(daysLeft), expires, plain(reason), plain(ticket), plain(owner)]), "None."),
        "## Workloads and their limits",
        table(["Workload", "Container", "Role", "Replicas", "CPU", "Memory", "Ephemeral storage", "Time limit", "Runtime class", "seccomp", "AppArmor", "Image"], workloads.map((each) => [plain(each.name), plain(each.container), each.role, plain(each.replicas), bound(each.cpu), bound(each.memory), bound(each.ephemeralStorage), plain(each.timeLimit), plain(each.runtimeClass), plain(each.seccomp), plain(each.appArmor), code(each.image)]), "None."),
        table(["The most", "This stack", "Approved"], sandbox.map(({ what, now, approved }) => [what, plain(now), plain(approved)]), "None."),
    ].join("\n\n")}\n`;
}

function violation({ rule, severity, resource, path, is, must, remediation, floor }: Found): string {
    return `- **${rule}** (${severity}): ${plain(resource)}: ${code(path)} is ${plain(is)}; it must be ${plain(must)}. ${plain(remediation)}${floor ? " No waiver can excuse it." : ""}`;
}

function details({ measure, places, code: files, evidence }: MeasureState): string {
    return [
        `<details><summary>${measure}: where it is set, and its evidence</summary>`,
        "",
        ...places.map(({ path, value, resources }) => `- ${code(path)} is ${plain(value)} on ${count(resources.length, "object")}: ${resources.map(plain).join(", ")}`),
        `- set by the program in ${files.map(code).join(", ")}`,
        `- evidence: ${evidence.map(({ what, file }) => `${what} (${code(file)})`).join(", ")}`,
        "",
        "</details>",
    ].join("\n");
}

function party({ name, sort }: Party): string {
    return plain(sort === name ? name : `${name} (${sort})`);
}

function bound({ request, limit, approved }: Bound): string {
    return plain(`request ${request}, limit ${limit}${approved === undefined ? "" : `, approved ${approved}`}`);
}
