import { once } from "node:events";
import { readFileSync } from "node:fs";
import path from "node:path";
import execa from "execa";

/** What is asked of a cluster. */
export interface Cluster {
    readonly kubeconfig: string;
    kubectl(...args: readonly string[]): Promise<string>;
}

/** That of a kubeconfig. */
export function clusterOf(kubeconfig: string): Cluster {
    return { kubeconfig, kubectl: async (...args) => (await execa("kubectl", args, { env: { KUBECONFIG: kubeconfig } })).stdout };
}

const NAMESPACE = "observer";
const POD = "observer";
/** As in observer.py. */
const PORT = 7070;
/** Minutes are for a node without KVM. */
const TIMEOUT = "600s";
/** Milliseconds for a file of the node. */
const FILE_PATIENCE = 60_000;

const NAMESPACE_OBJECT = { apiVersion: "v1", kind: "Namespace", metadata: { name: NAMESPACE, labels: { "pod-security.kubernetes.io/enforce": "privileged" } } };

/** @param image has a python3 */
const podOf = (image: string): object => ({
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: POD, namespace: NAMESPACE },
    spec: {
        hostNetwork: true,
        hostPID: true,
        automountServiceAccountToken: false,
        enableServiceLinks: false,
        terminationGracePeriodSeconds: 0,
        tolerations: [{ operator: "Exists" }],
        containers: [{
            name: POD,
            image,
            imagePullPolicy: "IfNotPresent",
            command: ["python3", "-c", readFileSync(path.join(__dirname, "observer.py"), "utf8")],
            startupProbe: { tcpSocket: { host: "127.0.0.1", port: PORT }, periodSeconds: 2, timeoutSeconds: 5, failureThreshold: 60 },
            securityContext: { runAsUser: 0, privileged: true, appArmorProfile: { type: "Unconfined" } },
        }],
    },
});

/** A pod with the node's own view of its processes and network: the admission policies let nobody into the sandbox's pods, tests neither. */
export class Observer {
    private forward: { readonly process: execa.ExecaChildProcess; readonly url: Promise<string> } | undefined;

    private constructor(private readonly cluster: Cluster) {}

    static async start(cluster: Cluster): Promise<Observer> {
        const image = await cluster.kubectl("get", "deployment", "--namespace", "wikifunctions", "evaluator-python", "--output", "jsonpath={.spec.template.spec.containers[0].image}");
        await execa("kubectl", ["apply", "--filename", "-"], { input: JSON.stringify({ apiVersion: "v1", kind: "List", items: [NAMESPACE_OBJECT, podOf(image)] }), env: { KUBECONFIG: cluster.kubeconfig } });
        await cluster.kubectl("wait", "--for=condition=Ready", `pod/${POD}`, "--namespace", NAMESPACE, `--timeout=${TIMEOUT}`);
        return new Observer(cluster);
    }

    /** What Python prints as the node's root. */
    python(code: string): Promise<string> {
        return this.cluster.kubectl("exec", "--namespace", NAMESPACE, POD, "--", "python3", "-c", code);
    }

    /** The one file of the node that fits a pattern. */
    async file(pattern: string): Promise<string> {
        const { ok, text } = await this.fetch(pattern, {}, FILE_PATIENCE);
        if (!ok) {
            throw new Error(text);
        }
        return text;
    }

    private field(namespace: string, pod: string, jsonpath: string): Promise<string> {
        return this.cluster.kubectl("get", "pod", pod, "--namespace", namespace, "--output", `jsonpath={${jsonpath}}`);
    }

    /** A file of a pod's cgroup, such as `cpu.stat`. */
    async cgroup(namespace: string, pod: string, name: string): Promise<string> {
        return this.file(`/sys/fs/cgroup/kubepods/*/pod${await this.field(namespace, pod, ".metadata.uid")}/${name}`);
    }

    /** A file below /proc/PID of each process of a pod's container, the first process first. */
    async ofProcesses(namespace: string, pod: string, name: string): Promise<string[]> {
        const container = (await this.field(namespace, pod, ".status.containerStatuses[0].containerID")).replace(/^.*:\/\//, "");
        return JSON.parse(await this.python([
            "import glob, json",
            `pids = [int(pid) for file in glob.glob("/proc/1/root/sys/fs/cgroup/kubepods/**/${container}/cgroup.procs", recursive=True) for pid in open(file).read().split()]`,
            "found = []",
            "for pid in sorted(pids):",
            `    try: found.append(open(f"/proc/{pid}/${name}").read())`,
            // It ended in the meantime.
            "    except (FileNotFoundError, ProcessLookupError): pass",
            "print(json.dumps(found))",
        ].join("\n"))) as string[];
    }

    /** The same of the first process. */
    async ofProcess(namespace: string, pod: string, name: string): Promise<string> {
        const [first] = await this.ofProcesses(namespace, pod, name);
        if (first === undefined) {
            throw new Error(`no process of the pod ${pod} runs`);
        }
        return first;
    }

    /** Sends a request to a pod from where kubelet's probes come from. @throws where it can't be had within `timeout` milliseconds, or nobody wants it any more */
    async post(host: string, port: number, to: string, body: unknown, timeout: number, unwanted?: AbortSignal): Promise<unknown> {
        const { ok, status, text } = await this.fetch(`/${host}/${String(port)}${to}`, { method: "POST", body: JSON.stringify(body) }, timeout, unwanted);
        if (!ok) {
            throw new Error(`${String(status)}: ${text}`);
        }
        return JSON.parse(text);
    }

    /** Several requests at a time share what forwards them. It is given up only where it fails itself: others may be on their way. */
    private async fetch(to: string, init: RequestInit, timeout: number, unwanted = new AbortController().signal): Promise<{ readonly ok: boolean; readonly status: number; readonly text: string }> {
        const forward = this.forward ??= this.portForward();
        try {
            const response = await fetch(`${await forward.url}${to}`, { ...init, signal: AbortSignal.any([unwanted, AbortSignal.timeout(timeout)]) });
            return { ok: response.ok, status: response.status, text: await response.text() };
        } catch (error) {
            if (!unwanted.aborted) {
                this.giveUp(forward);
            }
            throw error;
        }
    }

    private portForward(): NonNullable<Observer["forward"]> {
        const child = execa("kubectl", ["--namespace", NAMESPACE, "port-forward", `pod/${POD}`, `:${String(PORT)}`], { env: { KUBECONFIG: this.cluster.kubeconfig }, reject: false });
        const ended = child.then(({ stderr }) => {
            this.giveUp(forward);
            throw new Error(stderr);
        });
        const said = once(child.stdout as NodeJS.ReadableStream, "data") as Promise<[Buffer]>;
        const url = Promise.race([said, ended]).then(([line]) => `http://${/127\.0\.0\.1:\d+/.exec(line.toString())?.[0] ?? ""}`);
        const forward = { process: child, url };
        return forward;
    }

    private giveUp(forward: Observer["forward"]): void {
        forward?.process.kill();
        if (this.forward === forward) {
            this.forward = undefined;
        }
    }

    close(): void {
        this.giveUp(this.forward);
    }
}
