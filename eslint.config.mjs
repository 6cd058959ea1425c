import js from "@eslint/js";
import tseslint from "typescript-eslint";

export default tseslint.config(
    { ignores: ["node_modules/", ".lab/", "**/*.d.ts"] },
    js.configs.recommended,
    ...tseslint.configs.strict,
    {
        files: ["policy/**/*.ts"],
        rules: {
            "no-restricted-imports": ["error", { patterns: [{ regex: "(^|/)(infra|lab)(/|$)", message: "policy/ trusts nothing in infra/ and knows no lab/." }] }],
        },
    },
    {
        files: ["infra/**/*.ts"],
        rules: {
            "no-restricted-imports": ["error", { patterns: [{ regex: "(^|/)(policy|lab)(/|$)", message: "infra/ knows neither policy/ nor lab/." }] }],
        },
    },
    {
        files: ["**/*.cjs"],
        languageOptions: { sourceType: "commonjs", globals: { require: "readonly", module: "readonly", process: "readonly", console: "readonly", setInterval: "readonly", clearInterval: "readonly", setTimeout: "readonly", clearTimeout: "readonly", Buffer: "readonly", AbortSignal: "readonly", __dirname: "readonly" } },
        rules: { "@typescript-eslint/no-require-imports": "off" },
    },
);
