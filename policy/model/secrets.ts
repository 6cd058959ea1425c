import { Secret } from "@pulumi/policy";

/** Shorter texts are found in any sentence; a message that has one nearly never has it from there. */
const TELLING = 4;

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

    /** The text without any secret in it. */
    redact(text: string): string {
        return [...this.#texts].reduce((kept, secret) => kept.replaceAll(secret, "[secret]"), text);
    }

    #visit(value: unknown, isSecret: boolean): void {
        if (value instanceof Secret) {
            this.#visit(value.value, true);
        } else if (typeof value === "object" && value !== null) {
            Object.values(value).forEach((inner) => {
                this.#visit(inner, isSecret);
            });
        } else if (isSecret && String(value).length >= TELLING && typeof value !== "boolean") {
            this.#texts.add(String(value));
        }
    }
}
