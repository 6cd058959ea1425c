import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import execa from "execa";
import { renderProfiles } from "../../infra/apparmor/profiles";
import { NodeSetting } from "./setting";

const NAMESPACE = "wikifunctions";
/** A narrower profile of the evaluators. */
const TIGHTENED = { file: "infra/apparmor/profiles/abstractions/evaluator", from: "  /srv/interpreters/{,**} r,", to: "  /srv/interpreters/lua/{,**} r," };
const LOADER = ["daemonset/apparmor-loader", "--namespace", "wikifunctions-apparmor"];
/** Milliseconds in which a loader would have become ready on an emulated machine. */
const LONG_ENOUGH = 60_000;

interface Template {
    readonly metadata: object;
    readonly spec: {
        readonly containers: readonly [{ readonly env: readonly { readonly name: string }[] }];
        readonly volumes: readonly { readonly name: string; readonly configMap?: object }[];
    };
}

describe("the profile loader, on a node", function () {
    this.timeout(900_000);
    let setting: NodeSetting;

    before(async function () {
        setting = await NodeSetting.get(this);
        await setting.untilReady("apparmor-loader");
    });

    /** A second loader, of the same image and with the same rights, that is told to load one profile of its own. */
    async function secondLoader(name: string, text: string): Promise<void> {
        const { spec: { template } } = JSON.parse(await setting.kubectl("get", ...LOADER, "--output", "json")) as { spec: { template: Template } };
        const [container] = template.spec.containers;
        const spec = {
            ...template.spec,
            serviceAccountName: "default",
            restartPolicy: "Always",
            containers: [{ ...container, env: container.env.map((each) => each.name === "EXPECTED_PROFILES" ? { name: each.name, value: name } : each) }],
            volumes: template.spec.volumes.map((volume) => volume.configMap === undefined ? volume : { ...volume, configMap: { name } }),
        };
        const items = [
            { apiVersion: "v1", kind: "ConfigMap", metadata: { name, namespace: "observer" }, data: { [name]: text } },
            { apiVersion: "v1", kind: "Pod", metadata: { name, namespace: "observer" }, spec },
        ];
        await execa("kubectl", ["create", "--filename", "-"], { input: JSON.stringify({ apiVersion: "v1", kind: "List", items }), env: { KUBECONFIG: setting.kubeconfig } });
    }

    it("says the line of a bad profile, is never ready, and leaves the others as they are", async () => {
        const text = "profile wikifunctions-bad {\n  /srv/service/** mrix,\n  this is no rule\n}\n";
        const name = `wikifunctions-bad-${createHash("sha256").update(text).digest("hex").slice(0, 12)}`;
        const before = await setting.profiles();
        await secondLoader(name, text.replace("wikifunctions-bad", name));
        const logs = (): Promise<string> => setting.kubectl("logs", name, "--namespace", "observer").catch(() => "");
        for (const end = Date.now() + 5 * LONG_ENOUGH; Date.now() < end && !(await logs()).includes("apparmor-loader:"); await delay(2000));
        assert.match(await logs(), new RegExp(`${name}: .* line 3: syntax error`));
        await delay(LONG_ENOUGH);
        assert.equal(await setting.kubectl("get", "pod", name, "--namespace", "observer", "--output", "jsonpath={.status.conditions[?(@.type==\"Ready\")].status}"), "False");
        assert.deepEqual(await setting.profiles(), before);
        await setting.kubectl("delete", "pod", name, "--namespace", "observer", "--wait=false");
    });

    it("loads a changed profile beside the old one, before a pod asks for it, and leaves the old one to the pods that have it", async () => {
        const program = setting.program;
        const old = renderProfiles().nameOf("evaluator-lua");
        await program.edit(TIGHTENED);
        let back: number;
        try {
            const pod = await setting.untilReady("evaluator-lua", await setting.deploy("--skip-preview"));
            const current = (await setting.observer.ofProcess(NAMESPACE, pod, "attr/current")).trim();
            assert.match(current, /^wikifunctions-evaluator-lua-[0-9a-f]{12} \(enforce\)$/);
            assert.notEqual(current, `${old} (enforce)`);
            const loaded = await setting.profiles();
            assert.deepEqual([`${old} (enforce)`, current].filter((each) => !loaded.includes(each)), []);
        } finally {
            await program.restore(TIGHTENED);
            back = await setting.deploy("--skip-preview");
        }
        const pod = await setting.untilReady("evaluator-lua", back);
        assert.equal((await setting.observer.ofProcess(NAMESPACE, pod, "attr/current")).trim(), `${old} (enforce)`);
    });
});
