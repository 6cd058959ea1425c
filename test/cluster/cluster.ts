import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import execa from "execa";
import type { Context } from "mocha";
import { parse, stringify } from "yaml";
import { ensureToolchain, folders, labEnvironment, removeCluster, startCluster, type LabEnvironment } from "../../lab";
import { Problem } from "../../cli/problem";
import { skip } from "../missing";

/** Kinds that the program makes, and those that a relaxation might. */
const KINDS = "namespaces,priorityclasses,runtimeclasses,resourcequotas,limitranges,networkpolicies,serviceaccounts,configmaps,secrets,services,deployments,daemonsets,poddisruptionbudgets,clusterrolebindings,rolebindings,validatingadmissionpolicies,validatingadmissionpolicybindings";

interface KubernetesObject {
    readonly kind: string;
    readonly metadata: { readonly name: string; readonly namespace?: string };
}

/** An embedded cluster and a state of Pulumi's for the tests of one file. */
export class TestCluster {
    private constructor(private readonly directory: string, readonly env: LabEnvironment) {}

    /**
     * Starts one, or skips the suite where the tools can't be had.
     * @param what needs it, in words for the user
     */
    static async start(context: Context, what: string): Promise<TestCluster> {
        const directory = await mkdtemp(path.join(tmpdir(), "wikifunctions-test-"));
        try {
            const { bin } = await ensureToolchain();
            await startCluster(folders(directory).cluster, bin);
            return new TestCluster(directory, await labEnvironment(directory, bin));
        } catch (error) {
            await rm(directory, { recursive: true, force: true });
            if (error instanceof Problem) {
                skip(context, what, error.message, "install it and run npm test again");
            }
            throw error;
        }
    }

    async stop(): Promise<void> {
        await removeCluster(folders(this.directory).cluster);
        await rm(this.directory, { recursive: true, force: true });
    }

    async kubectl(...args: readonly string[]): Promise<string> {
        return (await execa("kubectl", args, { env: this.env })).stdout;
    }

    /** A kubeconfig file of a service account, in place of the administrator's. */
    async kubeconfigOf(account: string, namespace: string): Promise<string> {
        const config = parse(await readFile(this.env.KUBECONFIG, "utf8")) as { users: { name: string; user: object }[] };
        const token = await this.kubectl("create", "token", account, "--namespace", namespace);
        const file = path.join(this.directory, `kubeconfig-${account}`);
        await writeFile(file, stringify({ ...config, users: config.users.map(({ name }) => ({ name, user: { token } })) }));
        return file;
    }

    /** Makes what a manifest says. */
    async create(manifest: string): Promise<void> {
        await execa("kubectl", ["create", "--filename", "-"], { env: this.env, input: manifest });
    }

    /** Its identity. */
    uid(): Promise<string> {
        return this.kubectl("get", "namespace", "kube-system", "--output", "jsonpath={.metadata.uid}");
    }

    async list<Found extends KubernetesObject>(kinds: string): Promise<Found[]> {
        return (JSON.parse(await this.kubectl("get", kinds, "--all-namespaces", "--output", "json")) as { items: Found[] }).items;
    }

    /** All that anybody wants the cluster to be, without what controllers report of it. */
    async wanted(): Promise<Record<string, unknown>> {
        const objects = await this.list<KubernetesObject & { status?: unknown; metadata: { resourceVersion?: string } }>(KINDS);
        for (const object of objects) {
            delete object.status;
            delete object.metadata.resourceVersion;
        }
        return Object.fromEntries(objects.map((object) => [`${object.kind} ${object.metadata.namespace ?? ""}/${object.metadata.name}`, object]));
    }
}
