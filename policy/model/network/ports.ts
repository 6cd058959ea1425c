import type { PodHolder } from "../pod";
import { entries, field, isUnset, type Field } from "../read";

/** Ports of one protocol, from the first to the last. */
export interface Ports {
    /** `TCP`, `UDP` or `SCTP`; undefined for all of them. */
    readonly protocol: string | undefined;
    readonly first: number;
    readonly last: number;
}

/** What a rule without ports opens. */
export const ALL_PORTS: Ports = { protocol: undefined, first: 0, last: 65_535 };

/**
 * What one entry of a rule's `ports` opens. What can't be read or resolved counts as every port.
 * @param destination the workload that is connected to, whose ports have the names; undefined where it isn't one of the stack's
 */
export function portsIn(port: Field, destination: PodHolder | undefined): readonly Ports[] {
    const [protocol, first, last] = ["protocol", "port", "endPort"].map((key) => field(port, key).value ?? undefined);
    if (protocol !== undefined && typeof protocol !== "string") {
        return [ALL_PORTS];
    }
    const range = (from: number, to: number): Ports => ({ protocol: protocol ?? "TCP", first: from, last: to });
    if (typeof first === "string" && last === undefined && destination !== undefined) {
        return named(first, protocol ?? "TCP", destination)?.map((number) => range(number, number)) ?? [range(ALL_PORTS.first, ALL_PORTS.last)];
    }
    const end = last ?? first;
    return [Number.isInteger(first) && Number.isInteger(end) ? range(first as number, end as number) : range(ALL_PORTS.first, ALL_PORTS.last)];
}

/**
 * Numbers of the ports of a protocol that a workload calls so: none where only ports of other protocols have the name, which opens nothing.
 * Undefined where it can't be told, or where no port is called so.
 */
function named(name: string, protocol: string, { containers }: PodHolder): number[] | undefined {
    const declared = containers.flatMap((container) => entries(field(container, "ports"))).filter((port) => mayBe(field(port, "name"), name));
    const numbers = declared.filter((port) => mayBe(field(port, "protocol"), protocol, "TCP")).map((port) => field(port, "containerPort").value);
    return declared.length > 0 && numbers.every((number) => Number.isInteger(number)) ? (numbers as number[]) : undefined;
}

/** Whether a field is this text, or can't be read. @param otherwise what it is where it is left out */
function mayBe({ value }: Field, text: string, otherwise?: string): boolean {
    return isUnset(value) || value === "" ? text === otherwise : typeof value !== "string" || value === text;
}

/** The ports that two openings have in common. */
export function common(one: Ports, other: Ports): Ports | undefined {
    const [first, last] = [Math.max(one.first, other.first), Math.min(one.last, other.last)];
    const sameProtocol = one.protocol === undefined || other.protocol === undefined || one.protocol === other.protocol;
    return sameProtocol && first <= last ? { protocol: one.protocol ?? other.protocol, first, last } : undefined;
}

/** Whether all of them are among the approved ones, which are written as in a posture: `TCP/6927`. */
export function areAmong({ protocol, first, last }: Ports, approved: ReadonlySet<string>): boolean {
    const length = last - first + 1;
    return protocol !== undefined && length > 0 && length <= approved.size && Array.from({ length }, (_, step) => `${protocol}/${String(first + step)}`).every((port) => approved.has(port));
}

/** In words: `TCP 6927`, `UDP 1 to 1023`, `every port`. */
export function portsInWords({ protocol, first, last }: Ports): string {
    const numbers = first === last ? String(first) : first === ALL_PORTS.first && last === ALL_PORTS.last ? "every port" : `${String(first)} to ${String(last)}`;
    return protocol === undefined ? numbers : `${protocol} ${numbers}`;
}
