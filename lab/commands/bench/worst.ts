import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { REPOSITORY } from "../../../cli/repository";
import { STACK } from "../../stack";
import { measure, succeed, type Figure } from "./figure";
import { deployment, many, VIOLATIONS } from "./manifests";

const openPolicy = (index: number): string => `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: p${String(index)}, namespace: bench }
spec:
  podSelector: {}
  policyTypes: [Ingress, Egress]
  ingress: [{ from: [{ podSelector: {} }] }]
  egress: [{ to: [{ podSelector: {} }] }]
`;

/** Input of which a report once took the square: what it is, the options beside it, and the text. */
const WORST: readonly (readonly [what: string, options: readonly string[], text: string])[] = [
    ["check, a pod of 40,000 containers", [], `apiVersion: v1\nkind: Pod\nmetadata: { name: p }\nspec:\n  containers:\n${"    - { name: c }\n".repeat(40_000)}`],
    ["check, 300 Deployments, 30 policies open to all", ["--stack", STACK], `${many(300, deployment)}---\n${many(30, openPolicy)}`],
];

/** How long `npm run check` takes for what has by far the most findings for its size. */
export async function worst(rounds: number): Promise<Figure[]> {
    const folder = await mkdtemp(path.join(tmpdir(), "wikifunctions-worst-"));
    const file = path.join(folder, "worst.yaml");
    try {
        const figures: Figure[] = [];
        for (const [what, options, text] of WORST) {
            await writeFile(file, text);
            figures.push(await measure(what, rounds, () => succeed("npm", ["run", "--silent", "check", "--", ...options, file], { cwd: REPOSITORY, stdout: "ignore", all: false }, VIOLATIONS)));
        }
        return figures;
    } finally {
        await rm(folder, { recursive: true, force: true });
    }
}
