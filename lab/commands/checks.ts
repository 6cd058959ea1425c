import { listenForInterrupt } from "../interrupt";
import { ensureNode } from "../node";
import { REPOSITORY } from "../paths";
import { EXIT_FOUND, explain, Problem } from "../problem";
import { say, step } from "../progress";
import { runVisibly } from "../run";
import { ensureToolchain } from "../toolchain";

const SUITES = {
    unit: "infra, its config and profiles",
    policy: "the policy pack, rule by rule",
    report: "the posture report, in a browser too",
    lab: "the embedded cluster's own parts",
    relaxations: "edits that relax the deployment, previewed under the policy pack",
    cluster: "everything that needs the embedded cluster and the pulumi CLI",
    node: "what holds on a node of the embedded cluster, where this machine can have one",
    attacks: "user code that tries what it shouldn't, on such a node",
} as const;
const NEEDS_NODE: readonly string[] = ["node", "attacks"];
const NEEDS_TOOLS: readonly string[] = ["relaxations", "cluster", ...NEEDS_NODE];
const LINTERS: readonly (readonly string[])[] = [
    ["tsc", "--noEmit", "--noCheck", "false"],
    ["eslint", "."],
];

/** A program of node_modules. @returns its exit code */
function local([program = "", ...args]: readonly string[], env: Record<string, string> = {}): Promise<number> {
    return runVisibly(program, args, { cwd: REPOSITORY, preferLocal: true, env });
}

/** Types and style. */
export async function lint(): Promise<void> {
    listenForInterrupt();
    for (const linter of LINTERS) {
        await step(linter.join(" "), async () => {
            if (await local(linter) !== 0) {
                throw new Problem("npm run lint found something; it stands above.", EXIT_FOUND);
            }
        });
    }
}

/**
 * Gets the tools before mocha starts, whose time limits are for tests; the node only for those who ask for its suites, as it takes the better
 * part of what all other tests take. Where they can't be had, the tests that need them say so.
 */
async function prepare(suites: readonly string[]): Promise<void> {
    if (suites.length > 0 && !suites.some((suite) => NEEDS_TOOLS.includes(suite))) {
        return;
    }
    try {
        await ensureToolchain();
        if (suites.some((suite) => NEEDS_NODE.includes(suite))) {
            await ensureNode();
        }
    } catch (error) {
        if (!(error instanceof Problem)) {
            throw error;
        }
        say(explain(error));
    }
}

/** Runs the named suites, or after the linters all of them. @returns mocha's exit code */
export async function test(suites: readonly string[]): Promise<number> {
    const unknown = suites.find((suite) => !Object.hasOwn(SUITES, suite));
    if (unknown !== undefined) {
        throw new Problem(`There is no suite "${unknown}"; there are ${Object.entries(SUITES).map(([suite, what]) => `${suite} (${what})`).join(", ")}.`);
    }
    listenForInterrupt();
    if (suites.length === 0) {
        await lint();
    }
    await prepare(suites);
    return local(["mocha"], suites.length === 0 ? {} : { TEST_SUITES: suites.join(",") });
}
