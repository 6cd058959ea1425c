import { cpuLimits } from "../../../policy/rules/cpu-limits";
import { judgeLimits } from "./limits";

judgeLimits(cpuLimits, { name: "cpu", otherLimit: 6, requestAtLimit: "1000m", requestAboveLimit: "1001m" });
