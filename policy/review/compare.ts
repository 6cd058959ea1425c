import { parseQuantity } from "../model/quantity";
import { compareProfiles } from "./compare-profiles";
import type { Amounts, Posture, Service } from "../posture/posture";

/** One field in which a stack differs from what is approved for it. */
export interface Change {
    /** Where it stands in the posture: `services.orchestrator.ceilings.memory`. */
    readonly field: string;
    /** In words; undefined where there is nothing. */
    readonly approved: string | undefined;
    readonly now: string | undefined;
    /** Whether the stack is looser than approved, and not tighter. */
    readonly looser: boolean;
}

type Scalar = string | number | boolean | undefined;
/** Whether `now` is looser than `approved`; asked only where they differ. */
type IsLooser = (approved: Scalar, now: Scalar) => boolean;

const higher: IsLooser = (approved, now) => (amount(now) ?? Number.POSITIVE_INFINITY) > (amount(approved) ?? 0);
const wanted: IsLooser = (_, now) => now !== true;
const unwanted: IsLooser = (_, now) => now === true;
/** A name: whatever differs is something else than what was approved. */
const other: IsLooser = () => true;
/** A class that nobody asked for confines more; any other than the one asked for is a step down. */
const otherOnce: IsLooser = (approved) => approved !== undefined;

/** Quantities and numbers alike; undefined where there is no bound. */
function amount(value: Scalar): bigint | number | undefined {
    return typeof value === "string" || (typeof value === "number" && Number.isFinite(value)) ? parseQuantity(value) : undefined;
}

/** Everything in which a stack, seen by `observed`, differs from its posture. Empty where it is just as approved. */
export function compare(approved: Posture, now: Posture): Change[] {
    return [
        ...differ("requireDigests", approved.requireDigests, now.requireDigests, wanted),
        ...differ("allowSkipAwait", approved.allowSkipAwait, now.allowSkipAwait, unwanted),
        ...differ("protect", approved.protect, now.protect, wanted),
        ...differ("nameserver", approved.nameserver, now.nameserver, other),
        ...differ("loaderImage", approved.loaderImage, now.loaderImage, other),
        ...names(approved.services, now.services).flatMap((name) => service(`services.${name}`, approved.services[name], now.services[name])),
        ...edges(approved, now),
        ...compareProfiles(approved, now),
        ...amounts("quota", approved.quota, now.quota),
        ...differ("quota.pods", approved.quota.pods, now.quota.pods, higher),
        ...amounts("limitRange.container", approved.limitRange.container, now.limitRange.container),
        ...amounts("limitRange.pod", approved.limitRange.pod, now.limitRange.pod),
    ];
}

function names(...objects: readonly object[]): string[] {
    return [...new Set(objects.flatMap(Object.keys))];
}

/** An approved service has to be there, and another may not. */
function service(field: string, approved: Service | undefined, now: Service | undefined): Change[] {
    if (approved === undefined || now === undefined) {
        return [{ field, approved: approved?.role, now: now?.role, looser: true }];
    }
    return [
        ...differ(`${field}.role`, approved.role, now.role, other),
        ...differ(`${field}.image`, approved.image, now.image, other),
        ...differ(`${field}.minRuntimeClass`, approved.minRuntimeClass, now.minRuntimeClass, otherOnce),
        ...differ(`${field}.memoryOvercommit`, approved.memoryOvercommit ?? 1, now.memoryOvercommit ?? 1, higher),
        ...amounts(`${field}.ceilings`, approved.ceilings, now.ceilings),
        ...differ(`${field}.ceilings.timeoutMs`, approved.ceilings.timeoutMs, now.ceilings.timeoutMs, higher),
        ...differ(`${field}.ceilings.replicas`, approved.ceilings.replicas, now.ceilings.replicas, higher),
    ];
}

function amounts(field: string, approved: Amounts, now: Amounts): Change[] {
    return (["cpu", "memory", "ephemeralStorage"] as const).flatMap((name) => differ(`${field}.${name}`, approved[name], now[name], higher));
}

function edges(approved: Posture, now: Posture): Change[] {
    const links = ({ edges: all }: Posture): Set<string> => new Set(all.flatMap(({ from, to, ports }) => ports.map((port) => `${from} → ${to} ${port}`)));
    const [before, after] = [links(approved), links(now)];
    return [
        ...[...after].filter((link) => !before.has(link)).map((link) => ({ field: "edges", approved: undefined, now: link, looser: true })),
        ...[...before].filter((link) => !after.has(link)).map((link) => ({ field: "edges", approved: link, now: undefined, looser: false })),
    ];
}

function differ(field: string, approved: Scalar, now: Scalar, isLooser: IsLooser): Change[] {
    const [before, after] = [amount(approved), amount(now)];
    const same = approved === now || (before !== undefined && before === after);
    return same ? [] : [{ field, approved: words(approved), now: words(now), looser: isLooser(approved, now) }];
}

function words(value: Scalar): string | undefined {
    return value === Number.POSITIVE_INFINITY ? "unlimited" : value === undefined ? undefined : String(value);
}

/** `services.orchestrator.ceilings.memory: 512Mi, approved are 1Gi`, `edges: wiki → orchestrator TCP/80, not approved`. */
export function inWords({ field, approved, now }: Change): string {
    return `${field}: ${now ?? "none"}, ${approved === undefined ? "not approved" : `approved is ${approved}`}`;
}
