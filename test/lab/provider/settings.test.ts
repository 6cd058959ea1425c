import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { compareConfig } from "../../../lab/provider/config";
import { loadKubeConfig } from "../../../lab/provider/kubeconfig";
import { readSettings } from "../../../lab/provider/settings";

const kubeconfig = (server: string, context = "one"): string => `apiVersion: v1\nkind: Config\ncurrent-context: ${context}\nclusters: [{name: c, cluster: {server: "${server}"}}, {name: d, cluster: {server: "https://d"}}]\ncontexts: [{name: ${context}, context: {cluster: c, user: u, namespace: n}}]\nusers: [{name: u, user: {token: t}}]\n`;
const settings = (variables: Record<string, string>, env: NodeJS.ProcessEnv = {}) => readSettings(Object.fromEntries(Object.entries(variables).map(([key, value]) => [`kubernetes:config:${key}`, value])), env);

describe("a provider's settings", () => {
    it("come from the configuration before the environment", () => {
        const env = { PULUMI_K8S_DELETE_UNREACHABLE: "true", PULUMI_K8S_ENABLE_SECRET_MUTABLE: "true" };
        const { context, deleteUnreachable, enableSecretMutable, enablePatchForce } = settings({ context: "c", deleteUnreachable: "false" }, env);
        assert.deepEqual({ context, deleteUnreachable, enableSecretMutable, enablePatchForce }, { context: "c", deleteUnreachable: false, enableSecretMutable: true, enablePatchForce: false });
    });

    it("that aren't supported are refused by name", () => {
        assert.throws(() => settings({ enableServerSideApply: "false" }), /kubernetes:enableServerSideApply is false; this provider supports only true/);
        assert.throws(() => settings({ renderYamlToDirectory: "out" }), /kubernetes:renderYamlToDirectory is out; this provider supports only leaving it out/);
    });
});

describe("the kubeconfig", () => {
    let directory: string;
    before(() => { directory = mkdtempSync(path.join(tmpdir(), "kubeconfig-")); });
    after(() => { rmSync(directory, { recursive: true }); });
    const write = (name: string, text: string): string => {
        const file = path.join(directory, name);
        writeFileSync(file, text);
        return file;
    };

    it("is text, a file, or the files of KUBECONFIG together", () => {
        const [one, two] = [write("one", kubeconfig("https://one")), write("two", kubeconfig("https://two", "two").replaceAll("{name: c,", "{name: e,").replace("cluster: c", "cluster: e").replaceAll("name: u", "name: v").replace("user: u", "user: v").replace("{name: d, cluster: {server: \"https://d\"}}", ""))];
        assert.equal(loadKubeConfig(settings({ kubeconfig: kubeconfig("https://text") }), {}).getCurrentCluster()?.server, "https://text");
        assert.equal(loadKubeConfig(settings({ kubeconfig: one }), {}).getCurrentCluster()?.server, "https://one");
        assert.equal(loadKubeConfig(settings({ context: "two" }), { KUBECONFIG: [one, "missing", two].join(path.delimiter) }).getCurrentCluster()?.server, "https://two");
        assert.equal(loadKubeConfig(settings({ cluster: "d" }), { KUBECONFIG: one }).getCurrentCluster()?.server, "https://d");
    });

    it("tells what doesn't exist, and what does", () => {
        assert.throws(() => loadKubeConfig(settings({ kubeconfig: kubeconfig("https://x"), context: "nope" }), {}), /^Error: context "nope" does not exist; there is "one"$/);
        assert.throws(() => loadKubeConfig(settings({ kubeconfig: kubeconfig("https://x"), cluster: "nope" }), {}), /^Error: cluster "nope" does not exist; there is "c", "d"$/);
        assert.throws(() => loadKubeConfig(settings({}), { KUBECONFIG: path.join(directory, "missing") }), /no kubeconfig found; set KUBECONFIG or kubernetes:kubeconfig/);
    });

    it("replaces everything only when it leads to another cluster", () => {
        const config = kubeconfig("https://one");
        assert.deepEqual(compareConfig({ kubeconfig: config }, { kubeconfig: config }), { changed: [], replaces: [] });
        assert.deepEqual(compareConfig({ kubeconfig: config }, { kubeconfig: config.replace("token: t", "token: other") }), { changed: ["kubeconfig"], replaces: [] });
        assert.deepEqual(compareConfig({ kubeconfig: config }, { kubeconfig: kubeconfig("https://two") }), { changed: ["kubeconfig"], replaces: ["kubeconfig"] });
        assert.deepEqual(compareConfig({ namespace: "a" }, { namespace: "b" }), { changed: ["namespace"], replaces: [] });
        assert.deepEqual(compareConfig({ kubeconfig: config }, { kubeconfig: config, cluster: "d" }), { changed: ["cluster"], replaces: ["cluster"] });
        // What a file says may be the same cluster by another name: the official provider keeps the resources.
        assert.deepEqual(compareConfig({ context: "a" }, { context: "b" }), { changed: ["context"], replaces: [] });
        assert.deepEqual(compareConfig({ context: "a" }, { context: "04da6b54-80e4-46f7-96ec-b56ff0331ba9" }), { changed: ["context"], replaces: ["context"] });
    });
});
