import assert from "node:assert/strict";
import { createPrivateKey, X509Certificate } from "node:crypto";
import { mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { parse } from "yaml";
import { adminToken, CONTEXT, makeIdentity, tokenOf, writeKubeconfigs } from "../../../lab/cluster/identity";
import { temporaryFolder } from "../support";

describe("a cluster's identity", () => {
    const at = temporaryFolder();

    it("is random per cluster", async () => {
        const tokens: string[] = [];
        const keys: string[] = [];
        for (const name of ["one", "two"]) {
            await mkdir(at(name));
            await makeIdentity(at(name));
            tokens.push(await adminToken(at(name)));
            keys.push(await readFile(at(name, "service-accounts.key"), "utf8"));
        }
        tokens.forEach((token) => { assert.match(token, /^[0-9a-f]{64}$/); });
        assert.notEqual(tokens[0], tokens[1]);
        assert.notEqual(keys[0], keys[1]);
        assert.equal(createPrivateKey(keys[0] ?? "").asymmetricKeyType, "rsa");
    });

    it("stays with its cluster", async () => {
        await makeIdentity(at());
        const before = await Promise.all([adminToken(at()), readFile(at("service-accounts.key"), "utf8")]);
        await makeIdentity(at());
        assert.deepEqual(await Promise.all([adminToken(at()), readFile(at("service-accounts.key"), "utf8")]), before);
    });

    it("gets a token for a user who is new, and keeps the others", async () => {
        await makeIdentity(at());
        const before = await readFile(at("tokens.csv"), "utf8");
        await writeFile(at("tokens.csv"), before.replace(/^.*,system:kube-scheduler,.*\n/m, ""));
        await makeIdentity(at());
        assert.equal(await adminToken(at()), before.split(",")[0]);
        assert.match(await tokenOf(at(), "system:kube-scheduler"), /^[0-9a-f]{64}$/);
    });

    it("makes its owner an administrator, whom the API server knows by the token", async () => {
        await makeIdentity(at());
        assert.equal((await readFile(at("tokens.csv"), "utf8")).split("\n")[0], `${await adminToken(at())},lab-admin,lab-admin,"system:masters"`);
    });

    it("gives the scheduler, and what runs on a node, tokens of their own, with no more rights than theirs", async () => {
        await makeIdentity(at());
        const lines = (await readFile(at("tokens.csv"), "utf8")).trim().split("\n").map((line) => line.replace(/^[0-9a-f]{64},/, ""));
        assert.deepEqual(lines.slice(1), [
            "system:kube-scheduler,system:kube-scheduler,\"\"",
            "system:node:localhost,system:node:localhost,\"system:nodes\"",
            "system:kube-proxy,system:kube-proxy,\"\"",
            "lab-network-policies,lab-network-policies,\"\"",
        ]);
        const tokens = await Promise.all((["lab-admin", "system:kube-scheduler", "system:node:localhost", "system:kube-proxy", "lab-network-policies"] as const).map((user) => tokenOf(at(), user)));
        assert.equal(new Set(tokens).size, 5);
    });

    it("has a certificate for the kubelet's clients where there is a node, which is made once", async () => {
        await makeIdentity(at(), true);
        const text = await readFile(at("certificates/kubelet-client.pem"), "utf8");
        const certificate = new X509Certificate(text);
        assert.ok(certificate.verify(certificate.publicKey));
        assert.ok(certificate.checkPrivateKey(createPrivateKey(text)));
        assert.equal((await stat(at("certificates/kubelet-client.pem"))).mode & 0o777, 0o600);
        await makeIdentity(at(), true);
        assert.equal(await readFile(at("certificates/kubelet-client.pem"), "utf8"), text);
    });

    it("is written down for tools, with its one context", async () => {
        await makeIdentity(at());
        await writeKubeconfigs(at(), 4321);
        const config = parse(await readFile(at("kubeconfig"), "utf8")) as Record<string, unknown>;
        assert.deepEqual(config, {
            apiVersion: "v1",
            kind: "Config",
            "current-context": CONTEXT,
            clusters: [{ name: CONTEXT, cluster: { server: "https://127.0.0.1:4321", "certificate-authority": at("certificates/apiserver.crt") } }],
            users: [{ name: CONTEXT, user: { token: await adminToken(at()) } }],
            contexts: [{ name: CONTEXT, context: { cluster: CONTEXT, user: CONTEXT } }],
        });
        assert.match(await readFile(at("scheduler.kubeconfig"), "utf8"), new RegExp(`token: ${await tokenOf(at(), "system:kube-scheduler")}`));
    });

    it("is its owner's alone", async () => {
        await makeIdentity(at());
        await writeKubeconfigs(at(), 4321);
        const modes = await Promise.all((await readdir(at())).map(async (name) => [name, ((await stat(at(name))).mode & 0o777).toString(8)]));
        assert.deepEqual(Object.fromEntries(modes), { certificates: "700", kubeconfig: "600", "scheduler.kubeconfig": "600", "service-accounts.key": "600", "tokens.csv": "600" });
    });
});
