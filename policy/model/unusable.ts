/** Input that can't be used, and that the user can mend: it says so in its own words. */
export class Unusable extends Error {}
