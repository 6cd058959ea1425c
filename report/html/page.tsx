import { createHash } from "node:crypto";
import { renderToString } from "preact-render-to-string";
import { isClean, type Report } from "../contents";
import { STATES } from "../measures";
import { count } from "../words";
import { Measures } from "./measures";
import { Network } from "./network";
import { Changes, Resources, Violations, Waivers } from "./sections";
import { Badge } from "./state";
import { STYLE } from "./style";

/** The page may load nothing and run nothing; its one style is named by its hash. */
const CONTENT_SECURITY_POLICY = `default-src 'none'; style-src 'sha256-${createHash("sha256").update(STYLE).digest("base64")}'; base-uri 'none'; form-action 'none'`;
const CONTENTS = [["#measures", "Measures"], ["#violations", "Violations"], ["#network", "Network"], ["#changes", "Against what is approved"], ["#waivers", "Waivers"], ["#resources", "Workloads"]] as const;

/** A page that stands for itself. Preact escapes whatever the stack has put into its texts. */
export function html(report: Report): string {
    return `<!DOCTYPE html>\n${renderToString(<Page report={report} />)}\n`;
}

function Page({ report }: { readonly report: Report }) {
    const { stack, day, resources, measures, violations, network, waivers } = report;
    const title = `Security posture of ${stack}`;
    return (
        <html lang="en">
            <head>
                <meta charSet="utf-8" />
                <meta http-equiv="Content-Security-Policy" content={CONTENT_SECURITY_POLICY} />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="color-scheme" content="light dark" />
                <meta name="referrer" content="no-referrer" />
                <title>{title}</title>
                <style dangerouslySetInnerHTML={{ __html: STYLE }} />
            </head>
            <body>
                <a class="skip" href="#main">Skip to the report</a>
                <header>
                    <h1>{title}</h1>
                    <p>{verdict(report)} {count(resources, "resource")}, as previewed on {day} (UTC).</p>
                    <ul class="states">{STATES.map((state) => <li><Badge state={state} /> {measures.filter((measure) => measure.state === state).length}</li>)}</ul>
                    <nav aria-label="Contents"><ul>{CONTENTS.map(([target, name]) => <li><a href={target}>{name}</a></li>)}</ul></nav>
                </header>
                <main id="main" tabIndex={-1}>
                    <Violations violations={violations} />
                    <Measures measures={measures} />
                    <Network network={network} />
                    <Changes {...report} />
                    <Waivers waivers={waivers} />
                    <Resources {...report} />
                </main>
            </body>
        </html>
    );
}

function verdict(report: Report) {
    return isClean(report)
        ? <strong class="good">✔ No violations.</strong>
        : <strong class="bad">✘ {count(report.violations.length, "violation")}, {count(report.changes.filter(({ verdict }) => verdict === "looser").length, "relaxation")}.</strong>;
}
