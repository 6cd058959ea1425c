/** A package schema without resources: what the engine wants in order to know the plugin, not enough to write programs. */
export const schema = (version: string): string => JSON.stringify({ name: "kubernetes", version, resources: {}, functions: {} });
