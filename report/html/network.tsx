import type { Link, Network as NetworkOf, Party } from "../network";
import { BOX_WIDTH, pictureOf, type Box, type Curve, type Picture } from "./layout";
import { Table } from "./table";

/** Characters that fit in a box of the picture; the table has the rest. */
const LONGEST = 24;
function short(name: string): string {
    const last = name.length > LONGEST ? (name.split("/").at(-1) ?? name) : name;
    return last.length > LONGEST ? `${last.slice(0, LONGEST - 1)}…` : last;
}

const approvedInWords = ({ approved }: Link): string => (approved ? "approved" : "✘ not approved");

export function Network({ network }: { readonly network: NetworkOf }) {
    return (
        <section aria-labelledby="network">
            <h2 id="network">What may reach what</h2>
            {network.open.length > 0
                ? <p class="alert"><strong>✘ Not denied by default:</strong> {network.open.join(", ")}.</p>
                : <p>Denied by default, both ways: what isn't an arrow here, or a row of the table below, can't connect.</p>}
            {network.rest !== undefined && <p class="alert"><strong>✘ {network.rest}</strong></p>}
            <div class="scroll" role="region" aria-label="Picture of what may reach what" tabIndex={0}>
                <Drawing picture={pictureOf(network)} links={network.links} />
            </div>
            <Table
                id="links"
                caption="Every connection that can be made, with the NetworkPolicies that open it"
                head={["From", "To", "Ports", "By the posture", "NetworkPolicies"]}
                rows={network.links.map((link) => [partyInWords(link.from), partyInWords(link.to), link.ports.join(", "), approvedInWords(link), link.policies.join(", ") || "none: nothing isolates these pods"])}
            />
        </section>
    );
}

function partyInWords({ name, sort }: Party): string {
    return sort === name ? name : `${name} (${sort})`;
}

function Drawing({ picture: { width, height, frame, boxes, curves }, links }: { readonly picture: Picture; readonly links: readonly Link[] }) {
    return (
        <svg class="graph" role="img" aria-labelledby="graph-title graph-desc" viewBox={`0 0 ${String(width)} ${String(height)}`} width={width} height={height}>
            <title id="graph-title">What may reach what</title>
            <desc id="graph-desc">{links.map(({ from, to, ports, approved }) => `${from.name} to ${to.name} on ${ports.join(", ")}${approved ? "" : ", not approved"}`).join("; ")}. Everything else is denied.</desc>
            <defs>
                {["approved", "unapproved"].map((name) => <marker id={`arrow-${name}`} class={name} viewBox="0 0 8 8" refX="7.5" refY="4" markerWidth="10" markerHeight="10" markerUnits="userSpaceOnUse" orient="auto"><path d="M 0 0 L 8 4 L 0 8 z" /></marker>)}
            </defs>
            <rect class="frame" x={frame.x} y={frame.y} width={frame.width} height={frame.height} rx="10" />
            <text class="small" x={frame.x + 12} y={frame.y + 22}>This stack: what has no arrow is denied</text>
            {curves.map((curve) => <Arrow {...curve} />)}
            {boxes.map((box) => <Node {...box} />)}
            {curves.map(({ link, label }) => <text class={`label ${link.approved ? "" : "unapproved"}`} x={label.x} y={label.y} text-anchor={label.anchor}>{link.approved ? "" : "✘ "}{link.ports.join(", ")}</text>)}
        </svg>
    );
}

function Arrow({ link, path }: Curve) {
    const name = link.approved ? "approved" : "unapproved";
    return <path class={`edge ${name}`} d={path} marker-end={`url(#arrow-${name})`} />;
}

function Node({ party, x, y, height }: Box) {
    return (
        <g class={`node ${party.sort.replaceAll(" ", "-")}`}>
            <title>{`${party.name} (${party.sort})`}</title>
            <rect x={x} y={y} width={BOX_WIDTH} height={height} rx="6" />
            <text x={x + BOX_WIDTH / 2} y={y + height / 2 - 3} text-anchor="middle">{short(party.name)}</text>
            <text class="small" x={x + BOX_WIDTH / 2} y={y + height / 2 + 13} text-anchor="middle">{party.sort}</text>
        </g>
    );
}
