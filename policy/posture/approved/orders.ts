import { describeName } from "../../model/message";
import { parseImage } from "../../model/image";
import { isRecent, LEAST_MINOR } from "../../model/pod-security-version";
import { parseQuantity } from "../../model/quantity";
import { isUnset } from "../../model/read";
import type { Value } from "../../model/resource";
import { withoutHash } from "./identity";
import type { Order, Verdict } from "./verdict";

/** Later values are looser, and so is what is no amount. */
function byAmount(approved: bigint | undefined, now: bigint | undefined): Verdict {
    if (approved === undefined || now === undefined) {
        return "looser";
    }
    return now < approved ? "tighter" : now > approved ? "looser" : "same";
}

/** A quantity or a number, however written, from `least` to the approved one. @param otherwise what Kubernetes takes where the field isn't set */
export function atMost({ least = 0, otherwise }: { readonly least?: number; readonly otherwise?: string | number } = {}): Order {
    return {
        is: "no more",
        decide: (approved, now) => {
            const [most, amount] = [parseQuantity(approved ?? otherwise), parseQuantity(now ?? otherwise)];
            return byAmount(parseQuantity(least), amount) === "tighter" ? "looser" : byAmount(most, amount);
        },
        must: (approved) => `from ${String(least)} to ${describeName(approved ?? otherwise)}`,
    };
}

/** The same for a field that is a whole number. */
export function wholeAtMost(bounds: Parameters<typeof atMost>[0] = {}): Order {
    const order = atMost(bounds);
    return { ...order, is: "a whole number, no more", decide: (approved, now, context) => (isUnset(now) || Number.isInteger(now) ? order.decide(approved, now, context) : "looser") };
}

/** A whole number above zero, written out as text, up to the approved one. */
export const countUpTo: Order = {
    is: "no more, as text",
    decide: (approved, now) => {
        const [most, count] = [approved, now].map((value) => (typeof value === "string" && /^[1-9]\d{0,18}$/.test(value) ? BigInt(value) : undefined));
        return byAmount(most, count);
    },
    must: (approved) => `a text of a whole number from 1 to ${describeName(approved)}`,
};

/** A bound where the approved object has none, or a tighter one. */
export const bounded: Order = {
    is: "no more, or bounded at all",
    decide: (approved, now, context) => {
        const amount = parseQuantity(now);
        return isUnset(approved) && amount !== undefined && amount >= 0n ? "tighter" : atMost().decide(approved, now, context);
    },
    must: (approved) => (isUnset(approved) ? "a quantity" : `from 0 to ${describeName(approved)}`),
};

/** The same, and more than nothing: as a limit, none is no limit. */
export const someAtMost: Order = {
    ...bounded,
    is: "no more, or bounded at all, and above zero",
    decide: (approved, now, context) => ((parseQuantity(now) ?? 0n) > 0n ? bounded.decide(approved, now, context) : isUnset(approved) ? undefined : "looser"),
};

/** Nothing of it where the approved object doesn't name it. */
export const noneOfIt: Order = {
    is: "none of it",
    decide: (approved, now) => (isUnset(approved) && parseQuantity(now) === 0n ? "neutral" : undefined),
};

/** A whole number, whatever is approved, as long as it is within bounds. */
export function within(least: number, most: number): Order {
    return {
        is: `from ${String(least)} to ${String(most)}`,
        decide: (_, now) => (typeof now === "number" && Number.isInteger(now) && now >= least && now <= most ? "neutral" : undefined),
        must: () => `a whole number from ${String(least)} to ${String(most)}`,
    };
}

/** One of these values, or the approved one. */
export function orElse(verdict: "neutral" | "tighter", ...values: readonly Value[]): Order {
    return {
        is: `as approved, or ${values.map((value) => (value === undefined ? "left out" : String(value))).join(" or ")}`,
        decide: (_, now) => (values.includes(now ?? undefined) ? verdict : undefined),
    };
}

/** What holds without being said, said: the other way round as well. */
export function byDefault(value: Value): Order {
    return {
        is: `${JSON.stringify(value)} where it is left out`,
        decide: (approved, now) => (JSON.stringify(approved ?? value) === JSON.stringify(now ?? value) ? "same" : undefined),
    };
}

/** First one, then the other, where the first has no opinion. */
export function first(...orders: readonly [Order, ...Order[]]): Order {
    return {
        is: orders.map(({ is }) => is).join("; "),
        decide: (approved, now, context) => orders.reduce<Verdict | undefined>((verdict, order) => verdict ?? order.decide(approved, now, context), undefined),
        must: (approved, context) => orders.find(({ must }) => must !== undefined)?.must?.(approved, context) ?? describeName(approved),
        plain: (value) => orders.map(({ plain }) => plain?.(value)).find((written) => written !== undefined),
    };
}

/** May be taken away; what stays has to be as approved. */
export const dispensable: Order = { is: "as approved, or left out", decide: (approved, now) => (!isUnset(approved) && isUnset(now) ? "neutral" : undefined) };

/** Texts in a list, none of them twice. */
function textsIn(value: Value): readonly string[] | undefined {
    const areTexts = Array.isArray(value) && value.every((each) => typeof each === "string");
    return areTexts && new Set(value).size === value.length ? value : undefined;
}

/** A list that has all of the approved one: what is dropped, in whatever order. */
export const atLeastThese: Order = {
    is: "all of these, or more",
    decide: (approved, now) => {
        const [least, texts] = [textsIn(approved), textsIn(now)];
        const isWhole = least !== undefined && texts !== undefined && least.every((text) => texts.includes(text));
        return isWhole ? (texts.length > least.length ? "tighter" : "same") : undefined;
    },
};

/** The same texts in whatever order. */
export const theseInAnyOrder: Order = {
    is: "the same, in any order",
    decide: (approved, now, context) => {
        const verdict = atLeastThese.decide(approved, now, context);
        return verdict === "same" ? verdict : undefined;
    },
};

/** An empty list or map says what one that is left out says. */
export const emptyIsNothing: Order = {
    is: "empty where it is left out",
    decide: (approved, now) => {
        const isEmpty = (value: Value): boolean => isUnset(value) || (typeof value === "object" && Object.keys(value).length === 0);
        return isEmpty(approved) && isEmpty(now) ? "same" : undefined;
    },
};

/** Names that differ in their hash alone; separated by spaces where they are several, in any order. */
export const sameButForHash: Order = {
    is: "the same but for a hash",
    decide: (approved, now) => {
        const [one, other] = [plainWords(approved), plainWords(now)];
        return typeof one === "string" && one === other ? "same" : undefined;
    },
    plain: (value) => [plainWords(value)],
};

function plainWords(value: Value): Value {
    return typeof value === "string" ? value.split(" ").map(plainWord).sort().join(" ") : value;
}

/** `localhost/NAME` is the older way to name a profile. */
function plainWord(word: string): string {
    const [prefix, name] = word.startsWith("localhost/") ? ["localhost/", word.slice("localhost/".length)] : ["", word];
    return `${prefix}${withoutHash(name)}`;
}

/** Tags that say when or as which version an image was made, and are never moved to another. */
const RELEASE = /^(\d{4}-\d{2}-\d{2}-\d{6}|v?\d+\.\d+\.\d+)$/;

/** Another release of the approved repository: by digest, or, where no digest is approved, by a tag of a release. */
export const release: Order = {
    is: "another release of the same repository",
    decide: (approved, now) => {
        const [one, other] = [parseImage(approved), parseImage(now)];
        if (one === undefined || other === undefined || one.repository !== other.repository) {
            return undefined;
        }
        const isFixed = other.digest !== undefined || (one.digest === undefined && RELEASE.test(String(other.tag)));
        return !isFixed ? undefined : one.digest === undefined && other.digest !== undefined ? "tighter" : "neutral";
    },
    must: (approved) => {
        const image = parseImage(approved);
        const how = image?.digest === undefined ? "with a digest, or the tag of a release (2026-08-19-122930, 1.2.3)" : "with a digest";
        return `${describeName(approved)}, or an image of ${image?.repository ?? "nothing"} ${how}`;
    },
};

/** A version of the Pod Security Standards that knows enough. */
export const recent: Order = {
    is: `latest, or v1.${String(LEAST_MINOR)} and newer`,
    decide: (_, now) => (isRecent(now) ? "neutral" : undefined),
};

/** Comes from whoever runs Pulumi, and isn't approved: a rule of its own judges it, which the table names. */
export const surroundings: Order = { is: "judged by a rule of its own", decide: () => "same", plain: () => [undefined] };
