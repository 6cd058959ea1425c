/** What the help of a command closes with that asks a cluster. */
export const EXIT_CODES = "Exit code: 0 clean; 1 violations or drift; 2 a mistake in use or in the surroundings, such as a cluster that can't be reached.";
