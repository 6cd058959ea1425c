import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { REPOSITORY } from "../../cli/repository";
import { commandsIn } from "../markdown";
import { Deployed, UP } from "./rollout/deployed";
import { momentsOf, objectsOf, type History } from "./rollout/events";
import { killed, randomNumbers } from "./rollout/interrupted";
import { gaps } from "./rollout/measures";
import { widenings } from "./rollout/network";
import { SANDBOX } from "./rollout/sandbox";

const { namespace: NAMESPACE, loaderNamespace: LOADER } = SANDBOX;
const SEED = Number(process.env["TEST_SEED"] ?? Date.now() % 1_000_000);
const LEAST_KILLS = 20;
/** Of them in the first deployment, which has some hundred steps; an upgrade has a dozen. */
const FIRST = 10;
const MOST_STEPS = { first: 12, upgrade: 4 } as const;
const MOST_MILLISECONDS = 250;

/** What an upgrade changes each time: images, profiles and policies. */
const ONE = [
    { file: "Pulumi.local.yaml", from: "rusty-py, tag: 2026-08-19-122930", to: "rusty-py, tag: 2026-09-16-101112" },
    { file: "Pulumi.local.yaml", from: "      reentrance: true\n", to: "      reentrance: false\n" },
    { file: "infra/apparmor/profiles/abstractions/never", from: "  deny capability,\n", to: "  deny capability,\n  deny /srv/secrets/{,**} mrwlkx,\n" },
] as const;
const OTHER = ONE.map(({ file, from, to }) => ({ file, from: to, to: from }));

/** A policy that takes parameters, so that the API server goes on reading them when those of the stack are deleted between two attempts. */
const OTHER_POLICY = `
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata: { name: other }
spec:
  paramKind: { apiVersion: v1, kind: ConfigMap }
  matchConstraints: { resourceRules: [{ apiGroups: [example.org], apiVersions: [v1], operations: [CREATE], resources: [nothing] }] }
  validations: [{ expression: "true" }]
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicyBinding
metadata: { name: other }
spec: { policyName: other, validationActions: [Deny], paramRef: { name: other, namespace: default, parameterNotFoundAction: Allow } }
`;

/** The commands of the documentation, as arguments of `pulumi`. */
const RESUMING = commandsIn(readFileSync(path.join(REPOSITORY, "docs/how-to.md"), "utf8")).filter(({ section }) => section === "Resume an interrupted update").map(({ command }) => command.split(" ").slice(1));

interface State {
    readonly deployment: {
        readonly resources: readonly { readonly type: string; readonly id?: string; readonly delete?: boolean }[];
        readonly pending_operations?: readonly { readonly type: string; readonly resource: { readonly inputs?: { readonly kind?: string; readonly metadata?: { readonly name: string; readonly namespace?: string } } } }[];
    };
}

/** Made by the cluster in every namespace. */
const EVERYWHERE = ["ConfigMap wikifunctions/kube-root-ca.crt", "ConfigMap wikifunctions-apparmor/kube-root-ca.crt", "ServiceAccount wikifunctions/default", "ServiceAccount wikifunctions-apparmor/default"];

describe(`pulumi up, killed at random points (TEST_SEED=${String(SEED)}) and resumed`, function () {
    this.timeout(1_800_000);
    const random = randomNumbers(SEED);
    let deployed: Deployed;
    let kills = 0;

    before(async function () {
        deployed = await Deployed.start(this, "interrupted updates of the embedded cluster");
        await deployed.cluster.create(OTHER_POLICY);
    });
    // Unset where the suite is skipped.
    after(() => (deployed as Deployed | undefined)?.stop());

    const state = async (): Promise<State["deployment"]> => (JSON.parse(await deployed.succeed("stack", "export", "--stack", "local")) as State).deployment;

    /** What docs/how-to.md says: what was made and not noted down any more goes, then the commands up to the update itself. */
    const repair = async (): Promise<void> => {
        const { pending_operations: pending = [] } = await state();
        for (const { type, resource: { inputs: { kind, metadata } = {} } } of pending) {
            if (type === "creating" && kind !== undefined && metadata !== undefined) {
                await deployed.cluster.kubectl("delete", kind.toLowerCase(), metadata.name, "--ignore-not-found", ...(metadata.namespace === undefined ? [] : ["--namespace", metadata.namespace]));
            }
        }
        for (const command of RESUMING.slice(0, -1)) {
            await deployed.succeed(...command, "--stack", "local");
        }
    };

    /** Updates until one of them isn't killed any more. */
    const interrupted = async (most: number, sort: keyof typeof MOST_STEPS): Promise<void> => {
        for (let times = 0; times < most; times += 1) {
            const point = { steps: 1 + Math.floor(random() * MOST_STEPS[sort]), milliseconds: Math.floor(random() * MOST_MILLISECONDS) };
            if (!await killed(deployed.program, UP, point)) {
                break;
            }
            kills += 1;
            await repair();
        }
        await deployed.up();
    };

    /** The state has all that the cluster has, and the other way round, each once; and the program would change nothing. */
    const assertWhole = async (): Promise<void> => {
        const { resources, pending_operations: pending = [] } = await state();
        assert.deepEqual([pending, resources.filter((resource) => resource.delete === true)], [[], []]);
        const managed = resources.filter(({ type }) => type.startsWith("kubernetes:")).map(({ type, id = "" }) => `${type.split(":").at(-1) ?? ""} ${id}`);
        const there = Object.keys(await deployed.cluster.wanted()).filter((name) => /wikifunctions/.test(name) && !EVERYWHERE.includes(name));
        assert.deepEqual(there.map((name) => name.replace(" /", " ")).sort(), managed.sort());
        await deployed.succeed("preview", "--stack", "local", "--policy-pack", "policy", "--expect-no-changes");
    };

    const assertClosed = (history: History): void => {
        assert.ok([...momentsOf(history)].some(({ objects }) => objectsOf(objects, "Pod", NAMESPACE).length > 0), "there never was a pod");
        assert.deepEqual([gaps(history, SANDBOX), widenings(history, NAMESPACE), widenings(history, LOADER)], [[], [], []]);
    };

    it("by the documentation's commands, of which the last one is the update", () => {
        assert.deepEqual(RESUMING.at(-1), UP.filter((word) => !["--stack", "local", "--skip-preview"].includes(word)));
    });

    it("in the first deployment, leaves no pod without a measure, and loses nothing", async () => {
        assertClosed(await deployed.recorded(() => interrupted(FIRST, "first")));
        await assertWhole();
    });

    it("in upgrades, leaves no pod without a measure, and loses nothing", async () => {
        for (let turn = 0; kills < LEAST_KILLS; turn += 1) {
            await deployed.program.edit(...(turn % 2 === 0 ? ONE : OTHER));
            await deployed.program.approve("local");
            assertClosed(await deployed.recorded(() => interrupted(LEAST_KILLS - kills, "upgrade")));
        }
        await assertWhole();
    });

    it(`was killed ${String(LEAST_KILLS)} times at least`, () => {
        assert.ok(kills >= LEAST_KILLS, String(kills));
    });
});
