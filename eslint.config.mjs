import path from "node:path";
import js from "@eslint/js";
import tseslint from "typescript-eslint";

/** What the files of each folder may import, beside those of their own; test/ may import all. */
const FOLDERS = {
    cli: [],
    infra: [],
    policy: [],
    evidence: ["policy"],
    lab: ["cli", "docs", "policy", "test"],
    commands: ["cli", "lab", "policy"],
    report: ["cli", "commands", "evidence", "policy"],
    docs: ["cli", "evidence", "infra", "lab", "policy", "test"],
};
/** Only what the checks of this repository are run with; what commands/ imports of lab/ isn't. */
const CHECKS = /^lab\/commands\//;
/**
 * What one command alone takes of infra/: the check of a stack's file, by the program's own schema, which is functions of plain values and
 * asks nobody. All others judge a program that may be a stranger's, and so run nothing of it.
 */
const SCHEMA = { command: /^commands\/config(\/|\.ts$)/, target: /^infra\/config\// };

/** Imports, in every form, of what a folder may not know. */
const folders = {
    create(context) {
        const file = path.relative(import.meta.dirname, context.filename);
        const [folder] = file.split(path.sep);
        const known = (FOLDERS[folder] ?? []).filter((other) => folder !== "lab" || other === "cli" || CHECKS.test(file));
        const check = (node) => {
            const target = node?.value;
            if (typeof target !== "string" || !target.startsWith(".")) {
                return;
            }
            const imported = path.relative(import.meta.dirname, path.resolve(path.dirname(context.filename), target));
            const [to] = imported.split(path.sep);
            if (SCHEMA.command.test(file) && SCHEMA.target.test(imported)) {
                return;
            }
            if (to !== folder && (Object.hasOwn(FOLDERS, to) || to === "test") && !known.includes(to)) {
                context.report({ node, message: `${folder}/ may import ${["itself", ...known.map((other) => `${other}/`)].join(", ")}, and not ${to}/.` });
            }
        };
        const ofSource = ({ source }) => { check(source); };
        return {
            ImportDeclaration: ofSource,
            ExportNamedDeclaration: ofSource,
            ExportAllDeclaration: ofSource,
            ImportExpression: ofSource,
            TSImportType: ofSource,
            TSExternalModuleReference: ({ expression }) => { check(expression); },
            'CallExpression[callee.name="require"]': ({ arguments: [target] }) => { check(target); },
        };
    },
};

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
            "no-restricted-imports": ["error", { patterns: LAYERS.slice(index + 1).flat().map(above) }],
        },
    })),
    {
        // Among them: what judges infra/ runs nothing of it, as it is read and previewed, and runs elsewhere.
        files: Object.keys(FOLDERS).map((folder) => `${folder}/**/*.{ts,tsx,cjs}`),
        plugins: { repository: { rules: { folders } } },
        rules: { "repository/folders": "error" },
    },
    {
        files: ["**/*.cjs"],
        languageOptions: { sourceType: "commonjs", globals: { require: "readonly", module: "readonly", process: "readonly", console: "readonly", setInterval: "readonly", clearInterval: "readonly", setTimeout: "readonly", clearTimeout: "readonly", Buffer: "readonly", AbortSignal: "readonly", __dirname: "readonly" } },
        rules: { "@typescript-eslint/no-require-imports": "off" },
    },
);
