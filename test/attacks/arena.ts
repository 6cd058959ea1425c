import execa from "execa";
import { LANGUAGES, requestFor, type Attack, type Language } from "./attack";
import { Evaluator } from "./evaluator";
import { outcomeOf, type Outcome } from "./outcome";
import { NAMESPACES, objects, OUTSIDE, OUTSIDE_POD, type Sandboxed } from "./pods";
import type { Setting } from "./setting";

const SANDBOX = "wikifunctions";
/** Minutes are for a node without KVM. */
const TIMEOUT = "600s";

interface Named {
    readonly metadata: { readonly name: string };
}

/** The sandboxed pods, and beside them those in which nothing, or one measure alone, stops an attack. */
export class Arena {
    private constructor(
        readonly sandboxed: Readonly<Record<Language, Evaluator>>,
        private readonly setting: Setting,
        private readonly targets: Readonly<Record<string, string | number>>,
    ) {}

    /** Makes the pods, and waits for all of them. */
    static async open(setting: Setting): Promise<Arena> {
        const get = async <Found>(...args: readonly string[]): Promise<Found> => JSON.parse(await setting.kubectl("get", ...args, "--output", "json")) as Found;
        const containers = {} as Record<Language, Sandboxed>;
        const pods = {} as Record<Language, Evaluator>;
        for (const language of LANGUAGES) {
            const name = `evaluator-${language}`;
            containers[language] = (await get<{ spec: { template: { spec: { containers: [Sandboxed] } } } }>("deployment", name, "--namespace", SANDBOX)).spec.template.spec.containers[0];
            await setting.kubectl("rollout", "status", `deployment/${name}`, "--namespace", SANDBOX, `--timeout=${TIMEOUT}`);
            const { items: [pod] } = await get<{ items: Named[] }>("pod", "--namespace", SANDBOX, "--selector", `app.kubernetes.io/instance=${name}`, "--field-selector", "status.phase=Running");
            pods[language] = new Evaluator(setting, SANDBOX, pod?.metadata.name ?? "");
        }
        const deny = (await get<{ spec: unknown }>("networkpolicy", "default-deny", "--namespace", SANDBOX)).spec;
        await execa("kubectl", ["apply", "--filename", "-"], { input: JSON.stringify(objects(containers, deny)), env: { KUBECONFIG: setting.kubeconfig } });
        for (const namespace of Object.values(NAMESPACES)) {
            await setting.kubectl("wait", "--for=condition=Ready", "pod", "--all", "--namespace", namespace, `--timeout=${TIMEOUT}`);
        }
        return new Arena(pods, setting, await Arena.targets(setting, get));
    }

    private static async targets(setting: Setting, get: <Found>(...args: readonly string[]) => Promise<Found>): Promise<Record<string, string | number>> {
        const { podIPs: [pod, podIPv6] } = await new Evaluator(setting, NAMESPACES.open, OUTSIDE_POD).status();
        const { spec: { clusterIP } } = await get<{ spec: { clusterIP: string } }>("service", OUTSIDE_POD, "--namespace", NAMESPACES.open);
        const { items: [node] } = await get<{ items: { status: { addresses: { type: string; address: string }[]; daemonEndpoints: { kubeletEndpoint: { Port: number } } } }[] }>("nodes");
        const addresses = node?.status.addresses.filter(({ type }) => type === "InternalIP").map(({ address }) => address) ?? [];
        const [apiServer = "", apiServerPort] = (process.env["WIKIFUNCTIONS_TEST_API_SERVER"] ?? "10.0.2.100:6443").split(":");
        return {
            ...OUTSIDE,
            apiServer,
            apiServerPort: Number(apiServerPort),
            node: addresses.find((address) => !address.includes(":")) ?? "",
            nodeIPv6: addresses.find((address) => address.includes(":")) ?? "fd00:10:0:2::15",
            kubeletPort: node?.status.daemonEndpoints.kubeletEndpoint.Port ?? 0,
            service: clusterIP,
            otherPod: pod?.ip ?? "",
            otherPodIPv6: podIPv6?.ip ?? "",
        };
    }

    /** In the sandboxed pod. */
    async sandbox(attack: Attack): Promise<Outcome> {
        return this.run(this.sandboxed[attack.language], attack);
    }

    /** Where nothing stops it. */
    async control(attack: Attack): Promise<Outcome> {
        return this.run(this.pod(`control-${attack.language}`, NAMESPACES.open), attack);
    }

    /** Where that measure alone may stop it; only in Python. */
    async only(measure: string, attack: Attack): Promise<Outcome> {
        return this.run(this.pod(`only-${measure}`, measure === "network" ? NAMESPACES.denied : NAMESPACES.open), attack);
    }

    private readonly pods = new Map<string, Evaluator>();

    private pod(name: string, namespace: string): Evaluator {
        const evaluator = this.pods.get(name) ?? new Evaluator(this.setting, namespace, name);
        this.pods.set(name, evaluator);
        return evaluator;
    }

    private async run(evaluator: Evaluator, attack: Attack): Promise<Outcome> {
        const result = await evaluator.evaluate(requestFor(attack, this.targets));
        return "answer" in result ? outcomeOf(attack, result.answer) : outcomeOf(attack, undefined, result.ended);
    }

    /** The line of a sandboxed pod's cpu.stat, as the node has it. */
    async throttled(language: Language): Promise<number> {
        const uid = await this.setting.kubectl("get", "pod", this.sandboxed[language].pod, "--namespace", SANDBOX, "--output", "jsonpath={.metadata.uid}");
        const code = `import glob; print(open(glob.glob("/proc/1/root/sys/fs/cgroup/kubepods/*/pod${uid}/cpu.stat")[0]).read())`;
        const text = await this.setting.kubectl("exec", OUTSIDE_POD, "--namespace", NAMESPACES.open, "--", "python3", "-c", code);
        return Number(/^nr_throttled (\d+)$/m.exec(text)?.[1]);
    }

    /** Takes away all that was made. */
    async close(): Promise<void> {
        [...Object.values(this.sandboxed), ...this.pods.values()].forEach((evaluator) => { evaluator.close(); });
        await Arena.clear(this.setting);
    }

    static async clear(setting: Setting): Promise<void> {
        await setting.kubectl("delete", "namespace", ...Object.values(NAMESPACES), "--ignore-not-found", `--timeout=${TIMEOUT}`);
    }
}

