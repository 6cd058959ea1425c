import { isOnlyWords } from "../../model/words";
import { UNKNOWN, type Value } from "../../model/resource";
import type { Order } from "./verdict";

/** Labels that say something to people, and that nothing selects by. */
const LABELS = ["app.kubernetes.io/version", "owner", "team"];

/** A text, one that isn't known yet, or none. */
function isText(value: Value): boolean {
    return typeof value === "string" || value === UNKNOWN || value === undefined;
}

/** An annotation that nobody takes orders from. */
export const annotation: Order = {
    is: "only words",
    decide: (_, now, { key }) => (isText(now) && (isOnlyWords(key, now) || (now === undefined && isOnlyWords(key, "true"))) ? "neutral" : undefined),
    must: (approved) => (approved === undefined ? "left out, as it isn't known to be only words" : "as approved"),
};

/** A label that nothing selects by. */
export const label: Order = {
    is: "a label for people",
    decide: (_, now, { key }) => (isText(now) && LABELS.includes(key) ? "neutral" : undefined),
};

/** A text for people. */
export const description: Order = { is: "words", decide: (_, now) => (isText(now) ? "neutral" : undefined) };
