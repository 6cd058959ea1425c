/** The languages that have an AppArmor profile here, and with it may have an evaluator. */
export const LANGUAGES = ["python", "javascript", "lua"] as const;
export type Language = (typeof LANGUAGES)[number];

/**
 * What the orchestrator calls each language. Lua has no object on Wikifunctions yet: a stack that runs it says the name in
 * `programmingLanguages`.
 */
export const PROGRAMMING_LANGUAGES: Readonly<Partial<Record<Language, readonly string[]>>> = {
    python: ["Z610"],
    javascript: ["Z600"],
};
