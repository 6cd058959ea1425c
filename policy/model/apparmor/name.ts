import { createHash } from "node:crypto";

/** As many digits of a hash as a name ends in. */
const DIGITS = 12;
const NAME = /^(wikifunctions-[a-z0-9-]+)-([0-9a-f]{12})$/;

/** The plain name of the profile that is for a service and for no other. */
export function profileOf(service: string): string {
    return `wikifunctions-${service}`;
}

/** The approved profile that a profile of this name is a version of: its name without the digits of its hash; undefined for another sort of name. */
export function plainName(name: string): string | undefined {
    return NAME.exec(name)?.[1];
}

/** The text of a profile as it was before its hash came into its name. */
export function underPlainName(name: string, text: string): string {
    const plain = plainName(name);
    return plain === undefined ? text : text.replace(new RegExp(`^profile ${name} `, "m"), `profile ${plain} `);
}

/**
 * Whether the text is the one that its name promises: the name ends in the first digits of the SHA-256 of the text under its plain name.
 * A node that has a profile of some name doesn't load another, so that a name has to stand for one text for good.
 */
export function isGenuine(name: string, text: string): boolean {
    const digits = NAME.exec(name)?.[2];
    return digits !== undefined && createHash("sha256").update(underPlainName(name, text)).digest("hex").startsWith(digits);
}

/** The name under which a text of this plain name is loaded: with the first digits of its hash. */
export function withHash(plain: string, text: string): string {
    return `${plain}-${createHash("sha256").update(text).digest("hex").slice(0, DIGITS)}`;
}
