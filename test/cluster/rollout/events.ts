/** A Kubernetes object as a watch hands it out, with what is looked at here. */
export interface Watched {
    readonly kind: string;
    readonly metadata: {
        readonly name: string;
        readonly namespace?: string;
        /** Revision of etcd, which all kinds of one API server share: it orders events of different kinds. */
        readonly resourceVersion: string;
        readonly labels?: Readonly<Record<string, string>>;
    };
    readonly [field: string]: unknown;
}

/** A watch event. Source: WatchEvent of the Kubernetes API. */
export interface Event {
    readonly type: "ADDED" | "MODIFIED" | "DELETED";
    readonly object: Watched;
}

/** What was recorded of a cluster. */
export interface History {
    /** Revision from which on every kind was watched. What was before is known only as far as it was still there. */
    readonly since: number;
    readonly events: readonly Event[];
}

/** The cluster after one event; `objects` goes on to change with the next moment. */
export interface Moment {
    /** `DELETED ConfigMap wikifunctions/admission at revision 7` */
    readonly after: string;
    readonly objects: ReadonlyMap<string, Watched>;
}

const revisionOf = ({ object }: Event): number => Number(object.metadata.resourceVersion);

export function keyOf({ kind, metadata: { namespace, name } }: Watched): string {
    return `${kind} ${namespace === undefined ? "" : `${namespace}/`}${name}`;
}

/** Every state that the cluster was in while it was recorded, in order, that at the beginning included. */
export function* momentsOf({ since, events }: History): Generator<Moment> {
    const objects = new Map<string, Watched>();
    const [before, during] = [events.filter((event) => revisionOf(event) <= since), events.filter((event) => revisionOf(event) > since)];
    const apply = ({ type, object }: Event): void => {
        if (type === "DELETED") {
            objects.delete(keyOf(object));
        } else {
            objects.set(keyOf(object), object);
        }
    };
    const inOrder = (some: readonly Event[]): Event[] => [...some].sort((one, other) => revisionOf(one) - revisionOf(other));
    inOrder(before).forEach(apply);
    yield { after: `the beginning at revision ${String(since)}`, objects };
    for (const event of inOrder(during)) {
        apply(event);
        yield { after: `${event.type} ${keyOf(event.object)} at revision ${String(revisionOf(event))}`, objects };
    }
}

/** Objects of a kind, in a namespace where one is given. */
export function objectsOf(objects: Moment["objects"], kind: string, namespace?: string): Watched[] {
    return [...objects.values()].filter((object) => object.kind === kind && (namespace === undefined || object.metadata.namespace === namespace));
}
