import type { Posture } from "../posture";
import { groupBy } from "../../model/group";
import type { End } from "./ends";

/** The ports that a posture approves from one end to another, written as there: `TCP/6927`. Looked up, not searched for. */
export function approvedPorts({ edges }: Posture): (edge: { readonly from: End; readonly to: End }) => ReadonlySet<string> {
    const byEnds = groupBy(edges, ({ from, to }) => [`${from} ${to}`]);
    return ({ from, to }) => new Set(from.approvedAs.flatMap((start) => to.approvedAs.flatMap((end) => byEnds.get(`${start} ${end}`) ?? [])).flatMap(({ ports }) => ports));
}

/** The ports of a service that any edge leads to. */
export function approvedPortsAt({ edges }: Posture): (service: string) => ReadonlySet<string> {
    const byEnd = groupBy(edges, ({ to }) => [to]);
    return (service) => new Set((byEnd.get(service) ?? []).flatMap(({ ports }) => ports));
}
