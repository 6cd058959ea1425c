import { entries, field, isUnset, type Field } from "./read";

const WHOLE = /^[1-9]\d{0,9}$/;

/**
 * The whole number above zero in a variable of a container's environment.
 * @returns undefined unless the variable is written out, once, and every other variable has a name that is known
 */
export function numberIn(container: Field, variable: string): bigint | undefined {
    const [entry, ...others] = entries(field(container, "env")).filter((candidate) => {
        const name = field(candidate, "name").value;
        return name === variable || typeof name !== "string";
    });
    if (entry === undefined || others.length > 0 || field(entry, "name").value !== variable || !isUnset(field(entry, "valueFrom").value)) {
        return undefined;
    }
    const { value } = field(entry, "value");
    return typeof value === "string" && WHOLE.test(value) ? BigInt(value) : undefined;
}
