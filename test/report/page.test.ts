import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { source as axe } from "axe-core";
import type { Browser, Page } from "playwright-core";
import { html } from "../../report/html/page";
import { CONTAINER, CONTEXT } from "../policy/harness";
import { resourcesOf } from "../policy/stacks";
import { browserFor } from "./browser";
import { edited, enlarged, EVALUATOR, report } from "./stack";

const [PHONE, DESKTOP] = [390, 1280];
/** More than there can be to stop at. */
const MOST_STOPS = 500;
const FOCUSABLE = "a[href], summary, button, input, select, textarea, [tabindex='0']";

interface Violation { readonly id: string; readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[] }

describe("report: the page in a browser", function () {
    this.timeout(120_000);
    let browser: Browser | undefined;
    let folder: string | undefined;
    const pages: Record<string, string> = {};
    before(async function () {
        browser = await browserFor(this, "the report's page in a browser");
        folder = await mkdtemp(path.join(tmpdir(), "wikifunctions-page-"));
        const resources = await resourcesOf("staging");
        const worse = edited(edited(edited(resources, "Deployment", EVALUATOR, `${CONTEXT}.privileged`, true), "Deployment", "evaluator-javascript", `${CONTAINER}.resources.limits.cpu`, "2"), "NetworkPolicy", "orchestrator-to-dns-egress", "spec.egress[0].to", [{ ipBlock: { cidr: "0.0.0.0/0" } }]);
        const waiver = { rule: "cpu-limits", resource: "Deployment wikifunctions/evaluator-javascript", reason: "<img src=https://evil.example/x onerror=alert(1)>", ticket: "T1", owner: "security", expires: "2026-12-24", daysLeft: 30 };
        const texts = { clean: html(report(resources)), violated: html(report(worse, { waivers: [waiver] })), large: html(report(enlarged(resources, 200))) };
        for (const [name, text] of Object.entries(texts)) {
            pages[name] = path.join(folder, `${name}.html`);
            await writeFile(pages[name], text);
        }
    });
    after(async () => {
        await browser?.close();
        await (folder === undefined ? undefined : rm(folder, { recursive: true }));
    });

    /** Opens a page, and closes it after the test. */
    async function onPage<Result>(name: string, width: number, test: (page: Page) => Promise<Result>, colorScheme: "light" | "dark" = "light"): Promise<Result> {
        assert.ok(browser);
        const page = await browser.newPage({ viewport: { width, height: 800 }, colorScheme, reducedMotion: "reduce" });
        try {
            await page.goto(pathToFileURL(pages[name] ?? "").href);
            return await test(page);
        } finally {
            await page.close();
        }
    }

    const NAMES = ["clean", "violated", "large"];
    for (const name of NAMES) {
        it(`asks for nothing but itself, and says nothing to the console: ${name}`, async () => {
            assert.ok(browser);
            const [asked, said]: [string[], string[]] = [[], []];
            const page = await browser.newPage();
            page.on("request", (request) => asked.push(request.url()));
            page.on("console", (message) => said.push(message.text()));
            const address = pathToFileURL(pages[name] ?? "").href;
            await page.goto(address, { waitUntil: "networkidle" });
            await page.close();
            assert.deepEqual([asked, said], [[address], []]);
        });

        it(`scrolls to no side on a phone, with all details open: ${name}`, async () => {
            const [width, wide] = await onPage(name, PHONE, async (page) => {
                await page.locator("details").evaluateAll((all) => { all.forEach((details) => { details.setAttribute("open", ""); }); });
                return [await page.evaluate("document.documentElement.scrollWidth") as number, await page.locator(".scroll").evaluateAll((all) => all.filter((each) => each.scrollWidth > each.clientWidth).length)];
            });
            assert.equal(width, PHONE);
            // Control: something there is wider than the phone, and scrolls by itself.
            assert.ok(wide > 0);
        });

        // The large one has the same parts, and takes half a minute.
        for (const scheme of name === "large" ? [] : ["light", "dark"] as const) {
            it(`passes axe's checks in ${scheme}: ${name}`, async () => {
                const violations = await onPage(name, DESKTOP, async (page) => {
                    await page.locator("details").evaluateAll((all) => { all.forEach((details) => { details.setAttribute("open", ""); }); });
                    await page.evaluate(axe);
                    return (await page.evaluate("axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })") as { violations: Violation[] }).violations;
                }, scheme);
                assert.deepEqual(violations.map(({ id, nodes }) => [id, nodes.slice(0, 3).map((node) => `${node.html} ${node.failureSummary ?? ""}`)]), []);
            });
        }
    }

    it("is reached by keyboard, all of it: first the link past the contents, and with a mark that is seen", async () => {
        await onPage("violated", DESKTOP, async (page) => {
            const stops: { readonly mark: string; readonly outline: string }[] = [];
            for (let stop = 0; stop < MOST_STOPS; stop += 1) {
                await page.keyboard.press("Tab");
                const at = await page.evaluate(`(() => { const at = document.activeElement; return at === document.body ? null : { mark: [...document.querySelectorAll("${FOCUSABLE}")].indexOf(at).toString(), outline: getComputedStyle(at).outlineStyle + getComputedStyle(at).outlineWidth }; })()`) as { mark: string; outline: string } | null;
                if (at === null || stops.some(({ mark }) => mark === at.mark)) {
                    break;
                }
                stops.push(at);
            }
            const all = await page.locator(FOCUSABLE).count();
            assert.ok(all > 60, String(all));
            assert.deepEqual(stops.map(({ mark }) => mark), Array.from({ length: all }, (_, index) => String(index)));
            assert.deepEqual(stops.filter(({ outline }) => outline !== "solid3px"), []);
        });
    });

    it("has details that the keyboard opens, and a link that leads past the contents", async () => {
        await onPage("clean", DESKTOP, async (page) => {
            await page.keyboard.press("Tab");
            await page.keyboard.press("Enter");
            assert.equal(await page.evaluate("document.activeElement.id"), "main");
            await page.locator("summary").first().focus();
            await page.keyboard.press("Enter");
            assert.equal(await page.locator("details[open]").count(), 1);
        });
    });

    it("has a row of the table for each arrow of the picture, and what isn't approved has a sign", async () => {
        await onPage("violated", DESKTOP, async (page) => {
            assert.equal(await page.locator("svg .edge").count(), await page.locator("table:has(#links-caption) tbody tr").count());
            assert.equal(await page.locator("svg .edge").count(), (await page.locator("svg desc").textContent() ?? "").split("; ").length);
            assert.equal(await page.locator("svg .edge.unapproved").count(), 1);
            assert.match(await page.locator("svg .label.unapproved").first().textContent() ?? "", /^✘ /);
            assert.match(await page.locator("svg desc").textContent() ?? "", /orchestrator to addresses of "0\.0\.0\.0\/0" on UDP 53, TCP 53, not approved; /);
        });
    });
});
