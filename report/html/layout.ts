import type { Link, Network, Party } from "../network";

/** Where a party stands in the picture. Units of the picture, which are pixels at its full size. */
export interface Box {
    readonly party: Party;
    readonly x: number;
    readonly y: number;
    readonly height: number;
}

/** A link as a curve from one box to another, with a label at its end. */
export interface Curve {
    readonly link: Link;
    readonly path: string;
    readonly label: { readonly x: number; readonly y: number; readonly anchor: "start" | "end" };
}

export interface Picture {
    readonly width: number;
    readonly height: number;
    /** Around everything that is the stack's own. */
    readonly frame: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
    readonly boxes: readonly Box[];
    readonly curves: readonly Curve[];
}

export const BOX_WIDTH = 180;
/** Between two columns: room for the labels. */
const GAP = 130;
const [LINE, PADDING, BETWEEN, MARGIN, TITLE] = [24, 22, 20, 12, 34];
/** How far a curve leaves a box before it bends. */
const BEND = 60;

type Column = 0 | 1 | 2 | 3;
/** An outsider that both calls and is called stands on either side, so that lines run from left to right. */
interface Node {
    readonly party: Party;
    readonly column: Column;
    readonly low: boolean;
    readonly left: Link[];
    readonly right: Link[];
}

const isOwn = ({ sort }: Party): boolean => sort !== "party" && sort !== "not in the posture";

/** Callers to the left, the orchestrators beside them, evaluators below these, and what is called to the right. */
export function pictureOf({ parties, links }: Network): Picture {
    const nodes = nodesOf(parties, links);
    const columns = ([0, 1, 2, 3] as const).map((column) => nodes.filter((node) => node.column === column));
    const high = columns.map((column) => heightOf(column.filter(({ low }) => !low)));
    const start = TITLE + MARGIN;
    const lowStart = start + Math.max(...high) + BETWEEN;
    const boxes = new Map<Node, Box>();
    for (const column of columns) {
        const next = { high: start, low: lowStart };
        for (const node of column) {
            const band = node.low ? "low" : "high";
            const height = boxHeight(node);
            boxes.set(node, { party: node.party, x: MARGIN * 2 + node.column * (BOX_WIDTH + GAP), y: next[band], height });
            next[band] += height + BETWEEN;
        }
    }
    const all = [...boxes.values()];
    const bottom = Math.max(start, ...all.map(({ y, height }) => y + height));
    const [first, last] = [MARGIN * 2 + BOX_WIDTH + GAP, MARGIN * 2 + 2 * (BOX_WIDTH + GAP) + BOX_WIDTH];
    return {
        width: MARGIN * 4 + 4 * BOX_WIDTH + 3 * GAP,
        height: bottom + MARGIN * 2,
        frame: { x: first - MARGIN, y: MARGIN / 2, width: last - first + 2 * MARGIN, height: bottom + MARGIN / 2 },
        boxes: all,
        curves: links.map((link) => curveOf(link, nodes, boxes)),
    };
}

function nodesOf(parties: readonly Party[], links: readonly Link[]): Node[] {
    const reachesLow = ({ id }: Party): boolean => links.some(({ from, to }) => from.id === id && isOwn(to) && to.sort !== "orchestrator");
    const isEnd = (side: "from" | "to") => ({ id }: Party): boolean => links.some((link) => link[side].id === id);
    const node = (party: Party, column: Column, low: boolean): Node => ({ party, column, low, left: [], right: [] });
    const nodes = [
        ...parties.filter((party) => !isOwn(party)).filter(isEnd("from")).map((party) => node(party, 0, reachesLow(party))),
        ...parties.filter(({ sort }) => sort === "orchestrator").map((party) => node(party, 1, false)),
        ...(["evaluator", "other workload"] as const).flatMap((wanted) => parties.filter(({ sort }) => sort === wanted)).map((party) => node(party, 2, true)),
        ...parties.filter((party) => !isOwn(party)).filter(isEnd("to")).map((party) => node(party, 3, false)),
    ].sort((one, two) => Number(one.low) - Number(two.low));
    for (const link of links) {
        const { from, to, forward } = endsOf(link, nodes);
        (forward ? from.right : from.left).push(link);
        (forward ? to.left : to.right).push(link);
    }
    // Lines that come from above end above the others, and those that cross the picture start above those that turn down.
    const rank = new Map(nodes.map((each, index) => [each, index]));
    for (const each of nodes) {
        const other = (link: Link): number => { const { from, to } = endsOf(link, nodes); return rank.get(from === each ? to : from) ?? 0; };
        each.left.sort((one, two) => other(one) - other(two));
        each.right.sort((one, two) => Number(endsOf(one, nodes).to.column !== 3) - Number(endsOf(two, nodes).to.column !== 3) || other(one) - other(two));
    }
    return nodes;
}

/** Nodes by the id of their party, as starts and as ends of links: found once for all links of a picture. */
const sides = new WeakMap<readonly Node[], Readonly<Record<"from" | "to", ReadonlyMap<string, Node>>>>();

function sidesOf(nodes: readonly Node[]) {
    const byId = (without: Column): ReadonlyMap<string, Node> => new Map(nodes.filter(({ column }) => column !== without).map((node) => [node.party.id, node]));
    const known = sides.get(nodes) ?? { from: byId(3), to: byId(0) };
    sides.set(nodes, known);
    return known;
}

function endsOf({ from, to }: Link, nodes: readonly Node[]): { readonly from: Node; readonly to: Node; readonly forward: boolean } {
    const { from: starts, to: ends } = sidesOf(nodes);
    const [start, end] = [starts.get(from.id), ends.get(to.id)];
    if (start === undefined || end === undefined) {
        throw new Error(`The link from ${from.id} to ${to.id} has an end that isn't in the picture.`);
    }
    return { from: start, to: end, forward: start.column < end.column };
}

function boxHeight({ left, right }: Node): number {
    return PADDING * 2 + Math.max(0, Math.max(left.length, right.length) - 1) * LINE;
}

function heightOf(column: readonly Node[]): number {
    return column.reduce((sum, node) => sum + boxHeight(node) + BETWEEN, 0);
}

function curveOf(link: Link, nodes: readonly Node[], boxes: ReadonlyMap<Node, Box>): Curve {
    const { from, to, forward } = endsOf(link, nodes);
    const at = (node: Node, side: "left" | "right"): { x: number; y: number } => {
        const { x, y, height } = boxes.get(node) as Box;
        const slots = node[side];
        return { x: side === "left" ? x : x + BOX_WIDTH, y: y + height / 2 + (slots.indexOf(link) - (slots.length - 1) / 2) * LINE };
    };
    const [start, end] = forward ? [at(from, "right"), at(to, "left")] : [at(from, "left"), at(to, "right")];
    const out = forward ? BEND : -BEND;
    const path = `M ${String(start.x)} ${String(start.y)} C ${String(start.x + out)} ${String(start.y)} ${String(end.x - out)} ${String(end.y)} ${String(end.x)} ${String(end.y)}`;
    return { link, path, label: { x: end.x + (forward ? -14 : 14), y: end.y - 5, anchor: forward ? "end" : "start" } };
}
