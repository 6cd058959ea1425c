import type { Report } from "../contents";
import type { Found } from "../measures";
import { daysInWords } from "../words";
import type { Bound } from "../workloads";
import { Table } from "./table";

export function Violations({ violations }: { readonly violations: readonly Found[] }) {
    return (
        <section aria-labelledby="violations">
            <h2 id="violations">Violations</h2>
            {violations.length === 0 ? <p>None: the policy pack lets this stack pass.</p> : (
                <ul class="cards">
                    {violations.map(({ rule, severity, resource, path, is, must, remediation, floor }) => (
                        <li class="card">
                            <h3>{rule} <span class="severity">{severity}</span></h3>
                            <p>{resource}: <code>{path}</code> is <strong>{is}</strong>; it must be <strong>{must}</strong>.</p>
                            <p>{remediation}{floor && " No waiver can excuse it."}</p>
                        </li>
                    ))}
                </ul>
            )}
        </section>
    );
}

const SIDES = [["Relaxations", "▲ looser than approved", "looser"], ["Tightenings", "▼ tighter than approved", "tighter"], ["Other changes", "neither looser nor tighter", "neutral"]] as const;

export function Changes({ changes, posture }: Pick<Report, "changes" | "posture">) {
    const side = (verdict: (typeof SIDES)[number][2]) => changes.filter((change) => change.verdict === verdict);
    return (
        <section aria-labelledby="changes">
            <h2 id="changes">Against what is approved</h2>
            <p>What is approved stands in <code>{posture}</code>. {changes.length === 0 && "The stack is just as approved."}</p>
            {SIDES.filter(([, , verdict]) => side(verdict).length > 0).map(([title, words, verdict]) => (
                <Table
                    id={title.toLowerCase().replaceAll(" ", "-")}
                    caption={`${title}: ${words}`}
                    head={["Object", "Field", "Approved", "This stack"]}
                    rows={side(verdict).map(({ object, path, approved, now }) => [object, path === "" ? "all of it" : <code>{path}</code>, approved ?? "nothing", now ?? "nothing"])}
                />
            ))}
        </section>
    );
}

export function Waivers({ waivers }: Pick<Report, "waivers">) {
    return (
        <section aria-labelledby="waivers">
            <h2 id="waivers">Waivers</h2>
            {waivers.length === 0 ? <p>None.</p> : (
                <Table
                    id="waived"
                    caption="Rules that one resource may break for a time"
                    head={["Rule", "Resource", "Days left", "Last day", "Reason", "Ticket", "Owner"]}
                    rows={waivers.map(({ rule, resource, daysLeft, expires, reason, ticket, owner }) => [rule, resource, daysInWords(daysLeft), expires, reason, ticket, owner])}
                />
            )}
        </section>
    );
}

function Amount({ request, limit, approved }: Bound) {
    return (
        <ul class="amounts">
            <li>request {request}</li>
            <li>limit {limit}</li>
            {approved !== undefined && <li>approved {approved}</li>}
        </ul>
    );
}

export function Resources({ workloads, sandbox }: Pick<Report, "workloads" | "sandbox">) {
    return (
        <section aria-labelledby="resources">
            <h2 id="resources">Workloads and their limits</h2>
            <Table
                id="workloads"
                caption="Each container with what bounds and confines it"
                head={["Workload", "Container", "Role", "Replicas", "CPU", "Memory", "Ephemeral storage", "Time limit", "Runtime class", "seccomp", "AppArmor", "Image"]}
                rows={workloads.map((each) => [each.name, each.container, each.role, each.replicas, <Amount {...each.cpu} />, <Amount {...each.memory} />, <Amount {...each.ephemeralStorage} />, each.timeLimit, each.runtimeClass, each.seccomp, each.appArmor, each.image])}
            />
            <Table
                id="sandbox"
                caption="Limits of the sandbox as a whole"
                head={["The most", "This stack", "Approved"]}
                rows={sandbox.map(({ what, now, approved }) => [what, now, approved])}
            />
        </section>
    );
}
