import { mkdtemp, rm, writeFile } from "node:fs/promises";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { stringify } from "yaml";

export const KUBE_SYSTEM = "/api/v1/namespaces/kube-system";

/** An API server that knows a few answers by path: status code and body. Everything else is 404. */
export type Answers = Readonly<Record<string, readonly [code: number, body: unknown]>>;

/** That of a cluster with this identity. */
export const clusterOf = (uid: string): Answers => ({ [KUBE_SYSTEM]: [200, { kind: "Namespace", metadata: { name: "kube-system", uid } }] });

export const WHO_AM_I = "/apis/authentication.k8s.io/v1/selfsubjectreviews";

/** That of a cluster which knows whoever asks by this name, and as a member of these groups. */
export const userOf = (username: string, ...groups: readonly string[]): Answers => ({ [WHO_AM_I]: [201, { kind: "SelfSubjectReview", status: { userInfo: { username, groups } } }] });

/** Has KUBECONFIG name such a server by a context while something is done. @returns what that returned */
export async function withApiServer<Result>(context: string, answers: Answers, use: (asked: readonly string[]) => Promise<Result>): Promise<Result> {
    const asked: string[] = [];
    const server = http.createServer((request, response) => {
        const url = request.url ?? "";
        asked.push(url);
        const [code, body] = answers[url] ?? [404, { message: "no such thing" }];
        response.writeHead(code, { "content-type": "application/json", "connection": "close" }).end(typeof body === "string" ? body : JSON.stringify(body));
    });
    await new Promise<void>((resolve) => { server.listen(0, "127.0.0.1", resolve); });
    const { port } = server.address() as AddressInfo;
    const folder = await mkdtemp(path.join(tmpdir(), "wikifunctions-api-"));
    const kubeconfig = path.join(folder, "kubeconfig");
    await writeFile(kubeconfig, stringify({
        "apiVersion": "v1",
        "kind": "Config",
        "current-context": "another",
        "clusters": [{ name: "c", cluster: { "server": `http://127.0.0.1:${port}`, "insecure-skip-tls-verify": true } }],
        "users": [{ name: "u", user: { token: "t" } }],
        "contexts": [{ name: context, context: { cluster: "c", user: "u" } }],
    }));
    const before = process.env["KUBECONFIG"];
    process.env["KUBECONFIG"] = kubeconfig;
    try {
        return await use(asked);
    } finally {
        if (before === undefined) {
            Reflect.deleteProperty(process.env, "KUBECONFIG");
        } else {
            process.env["KUBECONFIG"] = before;
        }
        server.close();
        await rm(folder, { recursive: true, force: true });
    }
}
