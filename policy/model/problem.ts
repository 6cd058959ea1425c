/** Something that the user can mend: told in its own words, without a stack trace. */
export class Problem extends Error {}
