import assert from "node:assert/strict";
import type { Resource } from "../../policy/model/resource";
import { html } from "../../report/html/page";
import { markdown } from "../../report/markdown";
import { CONTAINER } from "../policy/harness";
import { resourcesOf } from "../policy/stacks";
import { edited, enlarged, EVALUATOR, report } from "./stack";

/** How a name may look that somebody has thought about. */
export const HOSTILE = ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "</style></svg><a href=javascript:alert(1)>x</a>", "a | b `c` ``d`` @everyone\n# heading\n[x](https://evil.example) www.evil.example"];
/** Longest that judging and writing may take of a processor for a stack of 200 resources, whatever else the machine does. Milliseconds. */
const LONGEST = 5000;
const FORMATS = { html, markdown };

/** The same stack with a name where one can stand: of an object, a policy, a port, a label, a waiver. */
function hostile(resources: readonly Resource[], name: string) {
    const renamed = edited(resources, "Deployment", EVALUATOR, "metadata.name", name).map((resource) => (resource.type.endsWith(":Deployment") && (resource.props["metadata"] as { name: unknown }).name === name ? { ...resource, name } : resource));
    const opened = edited(renamed, "NetworkPolicy", "orchestrator-to-dns-egress", "spec.egress[0].to", [{ ipBlock: { cidr: name } }]);
    const policy = edited(opened, "NetworkPolicy", "orchestrator-to-dns-egress", "metadata.name", name);
    const waiver = { rule: name, resource: name, reason: name, ticket: name, owner: name, expires: "2026-12-24", daysLeft: 30 };
    return report(policy, { waivers: [waiver] }, name);
}

describe("report: its texts", () => {
    let resources: Resource[];
    before(async () => { resources = await resourcesOf("staging"); });

    for (const [format, render] of Object.entries(FORMATS)) {
        it(`of ${format} say what is violated, relaxed, tightened and waived`, () => {
            const tighter = edited(resources, "Deployment", "orchestrator", `${CONTAINER}.resources.limits.memory`, "512Mi");
            const waiver = { rule: "replicas", resource: "Deployment wikifunctions/evaluator-javascript", reason: "a load test", ticket: "T1", owner: "security", expires: "2026-12-24", daysLeft: 30 };
            const text = render(report(edited(tighter, "Deployment", EVALUATOR, `${CONTAINER}.resources.limits.memory`, "2Gi"), { waivers: [waiver] }));
            for (const words of ["approved-objects", "Deployment wikifunctions/evaluator-python", "spec.template.spec.containers[0].resources.limits.memory", "30 days left", "a load test", "looser", "tighter", "rusty-py", "TCP 6927"]) {
                assert.ok(text.includes(words), words);
            }
            const clean = render(report(resources));
            assert.ok(clean.includes("No violations."));
            assert.deepEqual(["looser", "▼ tighter", "30 days left"].filter((words) => clean.includes(words)), []);
        });

        it(`of ${format} never give a secret away`, () => {
            const secret = "s3cr3t-Zm9vYmFy-value";
            const marked = edited(resources, "Deployment", EVALUATOR, `${CONTAINER}.env[0].value`, secret);
            const everywhere = edited(edited(marked, "Deployment", EVALUATOR, `${CONTAINER}.command`, [secret]), "ConfigMap", "apparmor-profiles-*", "data.password", secret);
            const found = report(edited(everywhere, "Namespace", "wikifunctions", 'metadata.labels["pod-security.kubernetes.io/enforce"]', `${secret}\n`));
            assert.ok(found.violations.length >= 3);
            assert.ok(!render(found).includes(secret));
        });

        it(`of ${format} are written in time for 200 resources`, () => {
            const many = enlarged(resources, 200);
            assert.equal(many.length, 200);
            const started = process.cpuUsage();
            const text = render(report(many));
            const { user, system } = process.cpuUsage(started);
            const took = (user + system) / 1000;
            assert.ok(took < LONGEST, `${took.toFixed(0)} ms`);
            assert.match(text, /evaluator-copy9/);
        });
    }

    for (const name of HOSTILE) {
        it(`are letters and no markup, whatever a name looks like: ${JSON.stringify(name)}`, () => {
            const [page, usual] = [html(hostile(resources, name)), html(hostile(resources, "harmless"))];
            // No text of the stack stands in an attribute, so that a tag is whatever begins like one.
            const tagsIn = (text: string) => [...new Set([...text.matchAll(/<[a-z!/][^>]*>/gi)].map(([tag]) => tag.replaceAll(/ (x|y|d|width|height|viewBox)="[^"]*"/g, "")))].sort();
            assert.ok(tagsIn(usual).length > 50);
            assert.deepEqual(tagsIn(page).filter((tag) => !tagsIn(usual).includes(tag)), []);
            const text = markdown(hostile(resources, name));
            assert.deepEqual(outsideCode(text).match(/(?<!\\)<(?!\/?(details|summary)>)|@(?!\u2060)|https:\/\/evil|www\.evil|(?<!\\)\]\(/g), null);
            for (const table of text.trim().split("\n\n").filter((part) => part.startsWith("|"))) {
                const widths = table.split("\n").map((line) => line.replaceAll(/\\\|/g, "").split("|").length);
                assert.deepEqual([...new Set(widths)].length, 1, table);
            }
            assert.ok(!text.split("\n").includes("# heading"));
        });
    }
});

/** Markdown without what stands between backticks. */
function outsideCode(text: string): string {
    return text.replaceAll(/(?<![\\`])(`+)(?!`).*?(?<!`)\1(?!`)/g, "");
}
