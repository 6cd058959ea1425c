import { readdirSync } from "node:fs";
import path from "node:path";
import { REPOSITORY } from "../../cli/repository";
import { Problem } from "../../cli/problem";

interface Suite {
    /** What it tests, in words for the user. */
    readonly what: string;
    /** What has to be got before: the tools, or the node with them. */
    readonly needs?: "tools" | "node";
    /** Whether each of its files is run for itself, as they take minutes. */
    readonly byFile?: true;
}

/** Folders of `test`. */
export const SUITES: Readonly<Record<string, Suite>> = {
    unit: { what: "infra, its config and profiles" },
    policy: { what: "the policy pack, rule by rule" },
    report: { what: "the posture report, in a browser too" },
    lab: { what: "the embedded cluster's own parts" },
    commands: { what: "what npm run has, and docs/how-to.md tells to run, each in a process of its own" },
    relaxations: { what: "edits that relax the deployment, previewed under the policy pack", needs: "tools" },
    cluster: { what: "everything that needs the embedded cluster and the pulumi CLI", needs: "tools", byFile: true },
    node: { what: "what holds on a node of the embedded cluster, where this machine can have one", needs: "node" },
    attacks: { what: "user code that tries what it shouldn't, on such a node", needs: "node" },
};

/** @throws Problem that names the suites, where there is none of that name */
export function suiteOf(name: string): Suite {
    const suite = Object.hasOwn(SUITES, name) ? SUITES[name] : undefined;
    if (suite === undefined) {
        throw new Problem(`There is no suite "${name}"; there are ${Object.entries(SUITES).map(([known, { what }]) => `${known} (${what})`).join(", ")}.`);
    }
    return suite;
}

/** What one mocha runs of a suite, as .mocharc.cjs reads TEST_SUITES: all of it, or each of its files. */
export function partsOf(name: string): readonly string[] {
    if (suiteOf(name).byFile !== true) {
        return [name];
    }
    const files = readdirSync(path.join(REPOSITORY, "test", name), { recursive: true, encoding: "utf8" });
    return files.filter((file) => file.endsWith(".test.ts")).sort().map((file) => path.join("test", name, file));
}
