import { memoryLimits } from "../../../policy/rules/memory-limits";
import { judgeLimits } from "./limits";

judgeLimits(memoryLimits, { name: "memory", otherLimit: "2097152Ki", requestAtLimit: "1024Mi", requestAboveLimit: "1.01Gi" });
