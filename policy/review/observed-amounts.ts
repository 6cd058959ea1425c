import type { PodHolder } from "../model/pod";
import { parseQuantity } from "../model/quantity";
import { entries, field, type Field } from "../model/read";
import type { Value } from "../model/resource";
import type { Amounts, Service } from "../posture/posture";

/** Stands for a bound that isn't there or can't be read. */
export const UNLIMITED = "unlimited";

/** Bytes of a page of WebAssembly memory, in billionths as quantities are. */
const PAGE = 65_536n * 10n ** 9n;
const VARIABLES = { orchestrator: "ORCHESTRATOR_TIMEOUT_MS", evaluator: "FUNCTION_EVALUATOR_TIMEOUT_MS" } as const;

/** The largest of some bounds, as it is written; {@link UNLIMITED} where one of them is missing or unreadable, or there is none. */
export function largest(bounds: readonly Value[]): string {
    const read = bounds.map((bound) => ({ bound, amount: parseQuantity(bound) }));
    const top = read.reduce<(typeof read)[number] | undefined>((most, each) => (most?.amount === undefined || (each.amount ?? most.amount) > most.amount ? each : most), read[0]);
    return top === undefined || read.some(({ amount }) => amount === undefined) ? UNLIMITED : String(top.bound);
}

/** The largest CPU, memory and ephemeral storage in some objects that hold all three, under keys that may have a prefix. */
export function amountsOf(bounds: readonly Field[], prefix = ""): Amounts {
    const most = (name: string): string => largest(bounds.map((each) => field(each, `${prefix}${name}`).value));
    return { cpu: most("cpu"), memory: most("memory"), ephemeralStorage: most("ephemeral-storage") };
}

/** A whole number, written as one or as text; infinite where it is neither. */
export function countIn(value: Value): number {
    return /^\d{1,9}$/.test(String(value)) ? Number(value) : Number.POSITIVE_INFINITY;
}

function variable({ containers }: PodHolder, name: string): number {
    const values = containers.flatMap((container) => entries(field(container, "env"))).filter((entry) => field(entry, "name").value === name).map((entry) => field(entry, "value").value);
    return values.length === 1 ? countIn(values[0]) : Number.POSITIVE_INFINITY;
}

/** Milliseconds. */
export function timeLimitOf(pod: PodHolder, role: Service["role"]): number {
    return variable(pod, VARIABLES[role]);
}

/** How far a full pool of executors may exceed the memory limit, rounded up to a tenth; 1 where it fits. */
export function overcommitOf(pod: PodHolder): number {
    const [pool, pages] = [variable(pod, "EXECUTOR_PROCESS_POOL_SIZE"), variable(pod, "WASMTIME_MEMORY_PAGES")];
    const limit = parseQuantity(largest(pod.containers.map((container) => field(container, "resources", "limits", "memory").value)));
    if (!Number.isFinite(pool) || !Number.isFinite(pages) || limit === undefined || limit <= 0n) {
        return Number.POSITIVE_INFINITY;
    }
    const tenths = (BigInt(pool) * BigInt(pages) * PAGE * 10n + limit - 1n) / limit;
    return Math.max(1, Number(tenths) / 10);
}
