import { numberIn } from "../model/environment";
import { forEachContainer } from "../model/pod";
import { parseQuantity } from "../model/quantity";
import { field } from "../model/read";
import { serviceOf } from "../posture/service";
import { kubernetes } from "./kit/references";
import type { ResourceRule } from "./rule";

/** A page of WebAssembly memory: 64 KiB. In billionths of a byte, as quantities are. */
const PAGE = 65_536n * 10n ** 9n;
/** The ratio is approved with one decimal or a few. */
const PRECISION = 1000;

export const executorMemory: ResourceRule = {
    scope: "resource",
    name: "executor-memory",
    measures: ["memory"],
    severity: "high",
    needs: "posture",
    description: "An evaluator's full pool of executors fits in its memory limit, or exceeds it by no more than what is approved.",
    rationale: "A pool that can't fit lets a few callers have the container killed for memory, and with it everybody else's calls.",
    remediation: "Lower EXECUTOR_PROCESS_POOL_SIZE or WASMTIME_MEMORY_PAGES, or raise the memory limit within its ceiling.",
    references: [kubernetes("concepts/configuration/manage-resources-containers/")],
    check: (resource, posture) => forEachContainer(resource, (container) => {
        const service = serviceOf(container.pod, posture);
        if (service?.role !== "evaluator") {
            return [];
        }
        const [pool, pages] = ["EXECUTOR_PROCESS_POOL_SIZE", "WASMTIME_MEMORY_PAGES"].map((variable) => numberIn(container, variable));
        const limit = parseQuantity(field(container, "resources", "limits", "memory").value);
        const ratio = service.memoryOvercommit ?? 1;
        const must = `at most ${String(ratio)} × the container's memory limit`;
        if (pool === undefined || pages === undefined || limit === undefined) {
            return [{ path: field(container, "env").path, is: "without a readable EXECUTOR_PROCESS_POOL_SIZE, WASMTIME_MEMORY_PAGES or memory limit", must: `with them, their product ${must}` }];
        }
        const fits = pool * pages * PAGE * BigInt(PRECISION) <= limit * BigInt(Math.round(ratio * PRECISION));
        return fits ? [] : [{ path: field(container, "env").path, is: `a pool of ${String(pool)} executors of ${String(pages)} pages of 64 KiB`, must }];
    }),
};
