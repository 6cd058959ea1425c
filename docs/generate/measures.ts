import { MEASURES, type Measure } from "../../policy/model/violation";
import { caughtNow, refusedIn } from "../../evidence/admission";
import { attacksNow } from "../../evidence/attacks";
import { CODE } from "../../evidence/code";
import { GUARDS, NO_GUARD } from "../../evidence/guards";
import { GUARDS_TEST, RELAXATIONS_TEST, ruleFile, rulesOf, ruleTest, triedOn } from "../../evidence/measures";

const HEAD = ["measure", "code", "policy", "in-cluster guard", "evidence"];
const link = (text: string, target: string): string => `[${text}](${target})`;
const row = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;

function code(measure: Measure): string {
    return [...new Set(CODE[measure].map(({ file }) => file))].map((file) => link(`\`${file.replace(/^infra\//, "")}\``, file)).join(", ");
}

/** What Kubernetes does of its own, and how much of the corpus the admission policies and it refuse. */
function guard(measure: Measure): string {
    const { administrator, deployer } = caughtNow();
    const [[other, all], [own]] = [refusedIn(administrator, measure), refusedIn(deployer, measure)];
    return [
        ...(GUARDS[measure] === NO_GUARD ? [] : [GUARDS[measure]]),
        `${link("admission policies", "docs/admission.md")}: past Pulumi, ${String(other)} of ${String(all)} relaxations are refused to another administrator, ${String(own)} to the deployer`,
    ].join("; ");
}

/** Attacks on a node that failed, with the control of each. */
function attacks(measure: Measure): string[] {
    const all = attacksNow();
    const tried = all.filter((seen) => seen.measure === measure).length;
    const onGvisor = all.filter(({ gvisor }) => gvisor === "stopped").length;
    return [
        ...(tried === 0 ? [] : [link(`${String(tried)} attacks stopped`, "#the-attacks")]),
        ...(measure === "gvisor" ? [link(`${String(onGvisor)} attacks stopped on it`, "docs/gvisor.md")] : []),
    ];
}

/** What shows it: the previews that were blocked, the attacks that were stopped, what the cluster itself refused, and the tests of each rule. */
function evidence(measure: Measure): string {
    return [
        link(triedOn(measure), RELAXATIONS_TEST),
        ...attacks(measure),
        ...(GUARDS[measure] === NO_GUARD ? [] : [link("refused by the cluster", GUARDS_TEST)]),
        `tests of the rules, in their order: ${rulesOf(measure).map((rule, index) => link(String(index + 1), ruleTest(rule))).join(" ")}`,
    ].join("; ");
}

/** The table of README.md: each measure, and where it is set, guarded and shown. */
export function measuresTable(): string {
    return [
        row(HEAD),
        row(HEAD.map(() => "---")),
        ...MEASURES.map((measure) => row([
            `\`${measure}\``,
            code(measure),
            rulesOf(measure).map((rule) => link(rule.name, ruleFile(rule))).join(", "),
            guard(measure),
            evidence(measure),
        ])),
    ].join("\n");
}
