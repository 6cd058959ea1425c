/** The page's own style, the only one that it may have. Colours have a contrast of at least 4.5 : 1, in light and in dark. */
export const STYLE = `
:root { color-scheme: light dark; --back: #fff; --text: #1a1d21; --soft: #565d66; --line: #b4bac2; --card: #f5f6f8; --link: #0b57b0; --good: #176c33; --warn: #835200; --bad: #b3141d; --note: #4a525c; }
@media (prefers-color-scheme: dark) { :root { --back: #14171b; --text: #e8eaed; --soft: #a8b0ba; --line: #4b535d; --card: #1e2329; --link: #8ab8ff; --good: #7ad694; --warn: #f0bb63; --bad: #ff8f8a; --note: #b5bdc7; } }
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body { margin: 0 auto; padding: 1rem; max-width: 80rem; background: var(--back); color: var(--text); font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
h1, h2, h3, h4 { line-height: 1.25; } h1 { margin: .5rem 0; font-size: 1.75rem; } h2 { margin: 2.5rem 0 .75rem; border-bottom: 1px solid var(--line); padding-bottom: .25rem; } h4 { margin: 1rem 0 .25rem; }
a { color: var(--link); }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
.skip { position: absolute; left: -100vw; } .skip:focus { left: 1rem; top: .5rem; padding: .5rem 1rem; background: var(--back); }
nav ul, .states { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; margin: .75rem 0; padding: 0; list-style: none; }
nav a { display: inline-block; padding: .25rem 0; }
code { font: .9em ui-monospace, monospace; background: var(--card); padding: .1em .25em; border-radius: .2em; }
.badge { display: inline-block; padding: 0 .5em; border: 1px solid currentColor; border-radius: 1em; font-size: .9rem; font-weight: 600; white-space: nowrap; }
.good, .in-force { color: var(--good); } .partly { color: var(--warn); } .bad, .violated { color: var(--bad); } .not-used { color: var(--note); }
.alert { border-left: 4px solid var(--bad); padding: .5rem .75rem; background: var(--card); }
.scroll { overflow-x: auto; margin: 1rem 0; border: 1px solid var(--line); border-radius: .4rem; overflow-wrap: normal; }
table { border-collapse: collapse; width: 100%; font-size: .925rem; }
caption { padding: .6rem .75rem; text-align: left; font-weight: 600; } caption span { position: sticky; left: .75rem; display: inline-block; max-width: calc(100vw - 4rem); }
th, td { padding: .45rem .75rem; border-top: 1px solid var(--line); text-align: left; vertical-align: top; min-width: 5.5rem; max-width: 24rem; }
thead th { background: var(--card); color: var(--soft); white-space: nowrap; } td { overflow-wrap: break-word; } td code { background: none; padding: 0; overflow-wrap: anywhere; }
.amounts { margin: 0; padding: 0; list-style: none; } .amounts li { white-space: nowrap; }
tbody th { font-weight: 600; }
.card { margin: 1rem 0; padding: .25rem 1rem 1rem; background: var(--card); border: 1px solid var(--line); border-radius: .4rem; break-inside: avoid; }
.card code { background: var(--back); } .card p { margin: .25rem 0; } .card ul { margin: .25rem 0; padding-left: 1.25rem; }
.cards { margin: 0; padding: 0; list-style: none; } .severity { font-size: .9rem; font-weight: 400; color: var(--soft); }
.card h3 { margin: .75rem 0 .25rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1rem; margin: .5rem 0; } dt { color: var(--soft); } dd { margin: 0; }
summary { padding: .25rem 0; cursor: pointer; color: var(--link); }
.graph { display: block; font: 13px system-ui, sans-serif; margin: 0 auto; } .graph text { fill: var(--text); } .graph .small { font-size: 11px; fill: var(--soft); }
.graph .frame { fill: none; stroke: var(--soft); stroke-dasharray: 2 4; }
.node rect { fill: var(--card); stroke: var(--soft); } .node.evaluator rect { stroke: var(--warn); stroke-width: 2; } .node.orchestrator rect { stroke: var(--link); stroke-width: 2; }
.node.not-in-the-posture rect, .node.other-workload rect { stroke-dasharray: 5 3; }
.edge { fill: none; stroke: var(--soft); stroke-width: 1.5; } .edge.unapproved { stroke: var(--bad); stroke-width: 2.5; stroke-dasharray: 7 4; }
marker path { fill: var(--soft); } marker.unapproved path { fill: var(--bad); }
.graph .label { font-size: 11px; paint-order: stroke; stroke: var(--back); stroke-width: 4px; } .graph .label.unapproved { fill: var(--bad); font-weight: 700; }
@media (max-width: 40rem) { dl { grid-template-columns: 1fr; gap: 0; } dd { margin-bottom: .5rem; } h1 { font-size: 1.4rem; } body { padding: .75rem; } .scroll { margin: .75rem 0; } }
@media print { :root { --back: #fff; --text: #000; --soft: #444; --line: #999; --card: #fff; --link: #000; --good: #000; --warn: #000; --bad: #000; --note: #000; } body { max-width: none; font-size: 9pt; } nav, .skip { display: none; } .scroll { overflow: visible; border: 0; } table { font-size: 7.5pt; } th, td { min-width: 0; padding: .2rem .3rem; overflow-wrap: anywhere; } .graph { width: 100%; height: auto; } tr, .card { break-inside: avoid; } }
`;
