import js from "@eslint/js";
import tseslint from "typescript-eslint";

/** Layers of the policy pack: each knows those before it, and none behind it. */
const LAYERS = [
    ["model/**/*.ts"],
    ["posture/**/*.ts"],
    ["rules/**/*.ts"],
    ["judge.ts", "verified.ts"],
    ["review/**/*.ts"],
    ["manifests/**/*.ts", "profiles/**/*.ts"],
    ["reports/**/*.ts"],
    ["{main,pack,no-configuration}.ts"],
];
const OUTSIDE = { regex: "(^|/)(infra|lab)(/|$)", message: "policy/ trusts nothing in infra/ and knows no lab/." };

/** What is in a layer, as an import names it from a folder beside it or below one. */
function above(pattern) {
    const name = pattern.replace(/(\/\*\*\/\*)?\.ts$/, "").replace("{main,pack,no-configuration}", "(main|pack)");
    return { regex: `^(\\.{1,2}/)+${name}(/|$)`, message: "In policy/, imports run one way: model, posture, rules, judge, review, manifests, reports, pack." };
}

export default tseslint.config(
    { ignores: ["node_modules/", ".lab/", "**/*.d.ts"] },
    js.configs.recommended,
    ...tseslint.configs.strict,
    ...LAYERS.map((layer, index) => ({
        files: layer.map((name) => `policy/${name}`),
        rules: {
            "no-restricted-imports": ["error", { patterns: [OUTSIDE, ...LAYERS.slice(index + 1).flat().map(above)] }],
        },
    })),
    {
        files: ["infra/**/*.ts"],
        rules: {
            "no-restricted-imports": ["error", { patterns: [{ regex: "(^|/)(policy|lab)(/|$)", message: "infra/ knows neither policy/ nor lab/." }] }],
        },
    },
    {
        // Their exit code is the verdict on infra/, which is read and previewed, and runs elsewhere.
        files: ["commands/**/*.ts", "report/**/*.ts"],
        rules: {
            "no-restricted-imports": ["error", { patterns: [{ regex: "(^|/)infra(/|$)", message: "What judges infra/ runs nothing of it." }] }],
        },
    },
    {
        files: ["**/*.cjs"],
        languageOptions: { sourceType: "commonjs", globals: { require: "readonly", module: "readonly", process: "readonly", console: "readonly", setInterval: "readonly", clearInterval: "readonly", setTimeout: "readonly", clearTimeout: "readonly", Buffer: "readonly", AbortSignal: "readonly", __dirname: "readonly" } },
        rules: { "@typescript-eslint/no-require-imports": "off" },
    },
);
