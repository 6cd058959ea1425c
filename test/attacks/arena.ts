import execa from "execa";
import { LANGUAGES, requestFor, type Attack, type Language } from "./attack";
import { Evaluator } from "./evaluator";
import { outcomeOf, TIME_LIMIT, type Outcome } from "./outcome";
import { aloneIn, NAMESPACES, placeOf } from "./places";
import { GVISOR_CLASS, OUTSIDE, OUTSIDE_POD, podFor, surroundings, type Containers, type Sandboxed } from "./pods";
import type { NodeSetting } from "../node/setting";

const SANDBOX = "wikifunctions";
/** Minutes are for a node without KVM. */
const TIMEOUT = "600s";
const ATTEMPTS = 3;

async function apply(setting: NodeSetting, items: readonly object[]): Promise<void> {
    await execa("kubectl", ["apply", "--filename", "-"], { input: JSON.stringify({ apiVersion: "v1", kind: "List", items }), env: { KUBECONFIG: setting.kubeconfig } });
}

type Targets = Readonly<Record<string, string | number>>;

function getter(setting: NodeSetting): <Found>(...args: readonly string[]) => Promise<Found> {
    return async (...args) => JSON.parse(await setting.kubectl("get", ...args, "--output", "json"));
}

/** The sandboxed pods, and beside them those in which nothing, or one measure alone, stops an attack. */
export class Arena {
    /** What came of making each pod, by its name. */
    private readonly pods = new Map<string, Promise<void>>();
    private known: Promise<Targets> | undefined;
    /** Whether a container may be on its way up again: a start takes an emulated processor so much time that what is tried would run into its limit. */
    private starting = true;

    private constructor(
        private readonly setting: NodeSetting,
        private readonly containers: Containers,
    ) {}

    /** Makes what surrounds the pods. */
    static async open(setting: NodeSetting): Promise<Arena> {
        const get = getter(setting);
        const containers = {} as Record<Language, Sandboxed>;
        for (const language of LANGUAGES) {
            containers[language] = (await get<{ spec: { template: { spec: { containers: [Sandboxed] } } } }>("deployment", `evaluator-${language}`, "--namespace", SANDBOX)).spec.template.spec.containers[0];
        }
        const { spec } = await get<{ spec: unknown }>("networkpolicy", "default-deny", "--namespace", SANDBOX);
        await apply(setting, surroundings(containers, spec));
        return new Arena(setting, containers);
    }

    /** Makes the pods of places, all at once, where they aren't there yet. @param wheres as of `placeOf` */
    async make(wheres: readonly string[], language: Language = "python"): Promise<void> {
        await Promise.all(wheres.map((where) => {
            const { namespace, pod } = placeOf(where, language);
            const made = this.pods.get(pod) ?? (async () => {
                await apply(this.setting, [podFor(where, language, this.containers)]);
                await this.setting.kubectl("wait", "--for=condition=Ready", `pod/${pod}`, "--namespace", namespace, `--timeout=${TIMEOUT}`);
            })();
            this.pods.set(pod, made);
            return made;
        }));
    }

    /** @param where `sandbox`, or as of `placeOf` */
    private async evaluator(where: string, language: Language): Promise<Evaluator> {
        if (where === "sandbox") {
            if (this.starting) {
                await this.setting.kubectl("wait", "--for=condition=Available", "deployment", "--all", "--namespace", SANDBOX, `--timeout=${TIMEOUT}`);
                this.starting = false;
            }
            return new Evaluator(this.setting, aloneIn(SANDBOX, await this.setting.untilReady(`evaluator-${language}`)));
        }
        await this.make([where], language);
        return new Evaluator(this.setting, placeOf(where, language));
    }

    /** Addresses and ports that attacks on the network need, once there is somebody at them. */
    private async targets(): Promise<Targets> {
        const get = getter(this.setting);
        await this.setting.kubectl("wait", "--for=condition=Ready", `pod/${OUTSIDE_POD}`, "--namespace", NAMESPACES.open, `--timeout=${TIMEOUT}`);
        const { status: { podIPs: [pod, podIPv6] } } = await get<{ status: { podIPs: { ip: string }[] } }>("pod", OUTSIDE_POD, "--namespace", NAMESPACES.open);
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

    /** Runs attacks in one language in a pod of the arena. @param where `sandbox`, or as of `placeOf` */
    async run(where: string, attacks: readonly Attack[]): Promise<ReadonlyMap<string, Outcome>> {
        const [{ language }] = attacks as [Attack];
        const targets = await (this.known ??= this.targets());
        const outcomes = new Map<string, Outcome>();
        let at = where;
        // A node that is busy may need more than the time limit before all have begun, or more than an attack on the network waits.
        for (let attempt = 0, left = attacks; attempt < ATTEMPTS && left.length > 0; attempt += 1) {
            const result = await (await this.evaluator(at, language)).evaluate(requestFor(language, left, targets));
            this.starting ||= "ended" in result;
            left.forEach((attack) => { outcomes.set(attack.id, "answer" in result ? outcomeOf(attack, result.answer) : outcomeOf(attack, undefined, result.ended)); });
            left = left.filter(({ id }) => outcomes.get(id)?.end === "broken" || (where === "control" && outcomes.get(id)?.end === "stopped"));
            // More time is no help where the time limit is what is tried.
            if (at === "sandbox" && left.some(({ id, stoppedBy }) => outcomes.get(id)?.how === TIME_LIMIT && !stoppedBy.includes("time-limit"))) {
                at = "patient";
            }
        }
        return outcomes;
    }

    /** The line of a sandboxed pod's cpu.stat, as the node has it. */
    async throttled(language: Language): Promise<number> {
        const text = await this.setting.observer.cgroup(SANDBOX, (await this.evaluator("sandbox", language)).place.pod, "cpu.stat");
        return Number(/^nr_throttled (\d+)$/m.exec(text)?.[1]);
    }

    /** Takes away all that was made. */
    async close(): Promise<void> {
        await Arena.clear(this.setting);
    }

    static async clear(setting: NodeSetting): Promise<void> {
        await setting.kubectl("delete", "namespace", ...Object.values(NAMESPACES), "--ignore-not-found", `--timeout=${TIMEOUT}`);
        await setting.kubectl("delete", "runtimeclass", GVISOR_CLASS, "--ignore-not-found");
    }
}

