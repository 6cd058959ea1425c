import { Secret } from "@pulumi/policy";

/**
 * Remembers which texts a stack keeps secret, so that no message repeats them.
 * The SDK takes the mark of a secret off before it hands properties to a validation, and leaves it on, below its proxies,
 * for a remediation, which the engine runs first.
 */
export class Secrets {
    readonly #texts = new Set<string>();

    /** Looks through the properties as a remediation gets them. */
    collect(props: object): void {
        for (const key of Object.keys(props)) {
            // Not `props[key]`: reading takes the mark off, or throws where the value is unknown.
            this.#visit(Object.getOwnPropertyDescriptor(props, key)?.value, false);
        }
    }

    /**
     * The words without a secret: they are one as a whole, or quote it. Not wherever its letters occur, because Pulumi calls every
     * text of a property secret once one of them is, and then half of a message would be gone.
     */
    redact(words: string): string {
        return this.#texts.has(words) ? "[secret]" : words.replaceAll(/"(?:[^"\\]|\\.)*"/g, (quoted) => (this.#texts.has(unquoted(quoted)) ? "[secret]" : quoted));
    }

    #visit(value: unknown, isSecret: boolean): void {
        if (value instanceof Secret) {
            this.#visit(value.value, true);
        } else if (typeof value === "object" && value !== null) {
            Object.values(value).forEach((inner) => {
                this.#visit(inner, isSecret);
            });
        } else if (isSecret && (typeof value === "string" || typeof value === "number")) {
            this.#texts.add(String(value));
        }
    }
}

/** What stands between the quotes; as it stands where it isn't the JSON of a text, because messages quote what others have written. */
function unquoted(quoted: string): string {
    try {
        return JSON.parse(quoted) as string;
    } catch {
        return quoted.slice(1, -1);
    }
}
