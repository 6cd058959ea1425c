import { mkdtemp, rm } from "node:fs/promises";
import { readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { ensureNode, ensureToolchain, folders, labEnvironment, removeCluster, startCluster } from "../..";
import { stackImages } from "../../images/references";
import { throwIfInterrupted } from "../../../cli/interrupt";
import { accelerator } from "../../node/accelerator";
import { step } from "../../../cli/progress";
import { succeed } from "../../../cli/run";

const UNCONFINED = { seccompProfile: { type: "Unconfined" }, appArmorProfile: { type: "Unconfined" } };
const seccomp = (name: string): object => ({ seccompProfile: { type: "Localhost", localhostProfile: `${name}.json` } });
const SECCOMP = { seccompProfile: { type: "RuntimeDefault" } };
const APPARMOR = { appArmorProfile: { type: "RuntimeDefault" } };

/** What a pod is confined by; the first is what the others are compared with. */
const VARIANTS: readonly { readonly name: string; readonly what: string; readonly confinement?: object; readonly runtimeClassName?: string }[] = [
    { name: "unconfined", what: "unconfined" },
    { name: "seccomp", what: "seccomp, RuntimeDefault", confinement: SECCOMP },
    { name: "permissive", what: "seccomp, all but one system call", confinement: seccomp("permissive") },
    { name: "strict", what: "seccomp, what the work needs", confinement: seccomp("strict") },
    { name: "apparmor", what: "AppArmor, RuntimeDefault", confinement: APPARMOR },
    { name: "both", what: "seccomp and AppArmor", confinement: { ...SECCOMP, ...APPARMOR } },
    { name: "gvisor", what: "gVisor", runtimeClassName: "gvisor" },
];

/** Names as in confinement.py. */
const KINDS = { system_calls: "system calls", computation: "computation", start_up: "start-up" } as const;
type Kind = keyof typeof KINDS;
type Seconds = Readonly<Record<Kind, number>>;

/** Seconds of each round by variant. */
export interface ConfinementFigures {
    readonly seconds: ReadonlyMap<string, readonly Seconds[]>;
    readonly accelerator: "kvm" | "tcg";
}

const podOf = (image: string) => ({ name, confinement = {}, runtimeClassName }: (typeof VARIANTS)[number]): object => ({
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name, namespace: "default" },
    spec: {
        ...(runtimeClassName === undefined ? {} : { runtimeClassName }),
        automountServiceAccountToken: false,
        terminationGracePeriodSeconds: 0,
        tolerations: [{ operator: "Exists" }],
        containers: [{ name, image, imagePullPolicy: "IfNotPresent", command: ["python3", "-c", "import time; time.sleep(1e8)"], securityContext: { ...UNCONFINED, ...confinement } }],
    },
});

/**
 * The same work in pods that differ in nothing but what confines them, round after round so that what slows the machine down slows all of
 * them down.
 * @throws Problem where there can be no node
 */
export async function benchConfinement(rounds: number): Promise<ConfinementFigures> {
    const { bin } = await ensureToolchain();
    const node = await ensureNode();
    const directory = await mkdtemp(path.join(tmpdir(), "wikifunctions-bench-"));
    try {
        await startCluster(folders(directory).cluster, bin, node);
        const env = await labEnvironment(directory, bin);
        const kubectl = (args: readonly string[], input = ""): Promise<string> => succeed("kubectl", args, { env, input, stdin: "pipe" }, (said) => `kubectl ${args[0] ?? ""} failed:\n${said}`);
        const image = stackImages().get("function-evaluator/rusty-py") ?? "";
        const items = [{ apiVersion: "node.k8s.io/v1", kind: "RuntimeClass", metadata: { name: "gvisor" }, handler: "runsc" }, ...VARIANTS.map(podOf(image))];
        await kubectl(["create", "--filename", "-"], JSON.stringify({ apiVersion: "v1", kind: "List", items }));
        await step("Starting a pod for each confinement", () => kubectl(["wait", "--for=condition=Ready", "pod", "--all", "--timeout=600s"]));
        const seconds = new Map<string, Seconds[]>(VARIANTS.map(({ name }) => [name, []]));
        const work = readFileSync(path.join(__dirname, "confinement.py"), "utf8");
        for (let round = 1; round <= rounds; round += 1) {
            for (const { name, what } of VARIANTS) {
                throwIfInterrupted();
                const said = await step(`${what}, ${String(round)} of ${String(rounds)}`, () => kubectl(["exec", name, "--", "python3", "-c", work]));
                seconds.get(name)?.push(JSON.parse(said) as Seconds);
            }
        }
        return { seconds, accelerator: await accelerator(node.directory) };
    } finally {
        await removeCluster(folders(directory).cluster);
        await rm(directory, { recursive: true, force: true });
    }
}

/** Ratios of each kind of work to the unconfined one of the same round: the median, and in brackets the least and the most. */
export function confinementTable({ seconds, accelerator: on }: ConfinementFigures): string[] {
    const kinds = Object.keys(KINDS) as Kind[];
    const [base] = VARIANTS as [(typeof VARIANTS)[number]];
    const cell = (name: string, kind: Kind): string => {
        const ratios = (seconds.get(name) ?? []).map((each, round) => each[kind] / (seconds.get(base.name)?.[round]?.[kind] ?? NaN)).sort((one, other) => one - other);
        const [least = NaN, median = NaN, most = NaN] = [ratios[0], ratios[Math.floor(ratios.length / 2)], ratios.at(-1)];
        return `${median.toFixed(2)} (${least.toFixed(2)}–${most.toFixed(2)})`;
    };
    return [
        `${`× unconfined, ${on === "kvm" ? "with KVM" : "on an emulated processor"}`.padEnd(38)}${kinds.map((kind) => KINDS[kind].padStart(22)).join("")}`,
        ...VARIANTS.map(({ name, what }) => `${what.padEnd(38)}${kinds.map((kind) => cell(name, kind).padStart(22)).join("")}`),
    ];
}
