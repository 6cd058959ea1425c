import execa from "execa";
import { REPOSITORY } from "../paths";
import { Problem } from "../problem";
import { step } from "../progress";

const SUITES = {
    unit: "infra, its config and profiles",
    policy: "the policy pack, rule by rule",
    lab: "the embedded cluster's own parts",
    relaxations: "edits that relax the deployment, previewed under the policy pack",
    cluster: "everything that needs the embedded cluster and the pulumi CLI",
} as const;
const LINTERS: readonly (readonly string[])[] = [
    ["tsc", "--noEmit", "--noCheck", "false"],
    ["eslint", "."],
];

/** A program of node_modules. @returns its exit code */
async function local([program = "", ...args]: readonly string[], env: Record<string, string> = {}): Promise<number> {
    return (await execa(program, args, { cwd: REPOSITORY, preferLocal: true, stdio: "inherit", reject: false, env })).exitCode;
}

/** Types and style. */
export async function lint(): Promise<void> {
    for (const linter of LINTERS) {
        await step(linter.join(" "), async () => {
            if (await local(linter) !== 0) {
                throw new Problem("npm run lint found something; it stands above.");
            }
        });
    }
}

/** Runs the named suites, or after the linters all of them. @returns mocha's exit code */
export async function test(suites: readonly string[]): Promise<number> {
    const unknown = suites.find((suite) => !(suite in SUITES));
    if (unknown !== undefined) {
        throw new Problem(`There is no suite "${unknown}"; there are ${Object.entries(SUITES).map(([suite, what]) => `${suite} (${what})`).join(", ")}.`);
    }
    if (suites.length > 0) {
        return local(["mocha"], { TEST_SUITES: suites.join(",") });
    }
    await lint();
    return local(["mocha"]);
}
