import { chmod, mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";

/** Something in a change that isn't `infra/`, and decides the plain preview of whoever has the change as a checkout. */
export interface Trick {
    readonly what: string;
    /** New texts of files, given those of the checkout and where to leave a mark. */
    readonly files: (mark: string, read: (file: string) => Promise<string>) => Promise<Readonly<Record<string, string>>>;
    /** Exit code of the plain preview of a relaxation that has it, where it ends without having asked the cluster. */
    readonly exitCode?: 0;
}

const marking = (mark: string): string => `require("node:fs").writeFileSync(${JSON.stringify(mark)}, "");`;
const shell = (mark: string, ...lines: readonly string[]): string => ["#!/bin/sh", `: > '${mark}'`, ...lines, ""].join("\n");

async function json(text: Promise<string>, change: (value: Record<string, Record<string, unknown>>) => void): Promise<string> {
    const value = JSON.parse(await text) as Record<string, Record<string, unknown>>;
    change(value);
    return JSON.stringify(value);
}

export const TRICKS: readonly Trick[] = [
    {
        what: "node-options in .npmrc",
        files: async (mark) => ({ ".npmrc": "node-options=--require=./npmrc.cjs\n", "npmrc.cjs": `if (process.argv[1]?.endsWith("commands/preview.ts")) { ${marking(mark)} process.exit(0); }` }),
        exitCode: 0,
    },
    {
        what: "paths in tsconfig.json",
        files: async (mark, read) => ({
            "tsconfig.json": await json(read("tsconfig.json"), ({ compilerOptions = {} }) => { compilerOptions["paths"] = { commander: ["./paths.ts"] }; }),
            "paths.ts": `${marking(mark)} process.exit(0);`,
        }),
        exitCode: 0,
    },
    {
        what: "another script in package.json",
        files: async (mark, read) => ({
            "package.json": await json(read("package.json"), ({ scripts = {} }) => { scripts["preview"] = "node scripts.cjs"; }),
            "scripts.cjs": marking(mark),
        }),
        exitCode: 0,
    },
    {
        what: "a tool among those of the lab",
        files: async (mark) => ({ ".lab/bin/kubectl": shell(`${mark}-kubectl`, "echo uid"), ".lab/bin/pulumi": shell(mark, "exit 1") }),
    },
    {
        what: "plugins in Pulumi.yaml",
        files: async (mark, read) => ({
            "Pulumi.yaml": `${await read("Pulumi.yaml")}plugins:\n  languages: [{ name: nodejs, path: ./host }]\n`,
            "host/pulumi-language-nodejs": shell(mark, "exit 1"),
        }),
    },
];

/** Puts a trick into a checkout. @returns the files that it makes or changes */
export async function play({ files }: Trick, checkout: string, mark: string): Promise<string[]> {
    const made = await files(mark, (file) => readFile(path.join(checkout, file), "utf8"));
    for (const [file, text] of Object.entries(made)) {
        await mkdir(path.dirname(path.join(checkout, file)), { recursive: true });
        await writeFile(path.join(checkout, file), text);
        await chmod(path.join(checkout, file), 0o755);
    }
    return Object.keys(made);
}
