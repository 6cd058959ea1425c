import { ephemeralStorageLimits } from "../../../policy/rules/ephemeral-storage-limits";
import { judgeLimits } from "./limits";

judgeLimits(ephemeralStorageLimits, { name: "ephemeral-storage", otherLimit: "1073741824", requestAboveLimit: "0.3Gi" });
