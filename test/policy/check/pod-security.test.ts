import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import execa from "execa";
import { judgeManifests, type Finding } from "../../../policy/manifests/judge";
import { read } from "../../../policy/manifests/read";
import { manifestsIn } from "../../../policy/manifests/to-resource";
import { postureOf } from "../../../policy/posture/files";
import { profiles } from "../../../policy/profiles/profiles";
import { skip } from "../../missing";
import { BAD, GOOD } from "./manifests";

const MODULE = "k8s.io/pod-security-admission";
const controls = profiles["restricted"] ?? [];
/** Controls of the baseline level that the restricted one replaces by stricter ones. */
const REPLACED: Readonly<Record<string, string>> = {
    hostpathvolumes: "restrictedvolumes",
    capabilities_baseline: "capabilities_restricted",
    seccompprofile_baseline: "seccompprofile_restricted",
    procmount: "procmount_restricted",
};

/** Upstream's cases that another control refuses as well. */
const WRONG_TWICE: Readonly<Record<string, readonly string[]>> = {
    "allowprivilegeescalation3.yaml": ["capabilities_restricted", "allowprivilegeescalation"],
    "windowshostprocess0.yaml": ["hostnamespaces", "windowshostprocess"],
    "windowshostprocess1.yaml": ["hostnamespaces", "windowshostprocess"],
    "privileged0.yaml": ["privileged", "allowprivilegeescalation"],
    "privileged1.yaml": ["privileged", "allowprivilegeescalation"],
};

/** Ids of the controls that a text violates, in small letters, as upstream names its files. */
function violated(text: string): string[] {
    const manifests = [...read("f", Buffer.from(text))].flatMap((content) => [...manifestsIn(content)]);
    const found = judgeManifests(manifests, controls, postureOf("strictest")).manifests.flatMap(({ findings }): readonly Finding[] => findings);
    return [...new Set(found.map(({ rule }) => rule.name.toLowerCase()))];
}

function newest(folder: string): string {
    return path.join(folder, readdirSync(folder).sort((one, other) => one.localeCompare(other, "en", { numeric: true })).at(-1) ?? "");
}

function cases(folder: string): { readonly name: string; readonly control: string; readonly text: string }[] {
    return readdirSync(folder).map((file) => ({ name: file, control: file.replace(/\d*\.yaml$/, ""), text: readFileSync(path.join(folder, file), "utf8") }));
}

describe("check: the restricted profile and Kubernetes' own test data", () => {
    let testdata: string;
    before(async function () {
        this.timeout(60_000);
        const { stdout, failed } = await execa("go", ["mod", "download", "-json", MODULE], { cwd: path.join(__dirname, "pod-security"), reject: false, env: { GOFLAGS: "-mod=mod", GOTOOLCHAIN: "local" } });
        if (failed) {
            skip(this, "comparison with the Pod Security Standards' own test data", `the Go module ${MODULE}`, "install Go, and let it reach its module proxy");
        }
        testdata = path.join((JSON.parse(stdout) as { Dir: string }).Dir, "test/testdata");
    });

    it("accepts every pod that the restricted level accepts", () => {
        const passing = cases(path.join(newest(path.join(testdata, "restricted")), "pass"));
        assert.ok(passing.length > 20);
        assert.deepEqual(passing.map(({ name, text }) => [name, violated(text)]), passing.map(({ name }) => [name, []]));
    });

    it("refuses every pod that the restricted level refuses, by that control alone", () => {
        const failing = cases(path.join(newest(path.join(testdata, "restricted")), "fail"));
        assert.ok(failing.length > 60);
        assert.deepEqual(failing.map(({ name, text }) => [name, violated(text)]), failing.map(({ name, control }) => [name, WRONG_TWICE[name] ?? [REPLACED[control] ?? control]]));
    });

    it("refuses what the baseline level refuses, by the same control or the stricter one", () => {
        const failing = cases(path.join(newest(path.join(testdata, "baseline")), "fail"));
        assert.ok(failing.length > 30);
        const missed = failing.filter(({ control, text }) => !violated(text).includes(REPLACED[control] ?? control));
        assert.deepEqual(missed.map(({ name }) => name), []);
    });

    it("has each control of upstream's, and no other", () => {
        const upstream = new Set(cases(path.join(newest(path.join(testdata, "restricted")), "fail")).map(({ control }) => REPLACED[control] ?? control));
        assert.deepEqual(controls.map(({ name }) => name.toLowerCase()).sort(), [...upstream].sort());
    });
});

describe("check: the restricted profile", () => {
    const edit = (from: string | RegExp, to: string): string => {
        const edited = GOOD.replace(from, to);
        assert.notEqual(edited, GOOD);
        return edited;
    };
    const PASSES: Readonly<Record<string, string>> = {
        "the good pod": GOOD,
        "NET_BIND_SERVICE": edit("{drop: [ALL]}", "{drop: [ALL], add: [NET_BIND_SERVICE]}"),
        "root in a user namespace": edit("    runAsNonRoot: yes\n    runAsUser: 0x384", "    runAsUser: 0").replace("spec:\n", "spec:\n  hostUsers: false\n"),
        "nobody's user, as the image says": edit("    runAsUser: 0x384\n", ""),
        "a Windows pod without Linux' own": edit("        allowPrivilegeEscalation: false\n", "").replace("    seccompProfile: {type: RuntimeDefault}\n", "").replace("        capabilities: {drop: [ALL]}\n", "").replace("spec:\n", "spec:\n  os: {name: windows}\n"),
        "a Job of another group": edit("apiVersion: v1\nkind: Pod", "apiVersion: batch.volcano.sh/v1alpha1\nkind: Job"),
        "a Service": "apiVersion: v1\nkind: Service\nmetadata: {name: a}",
        "AppArmor and seccomp of the node's": edit("{type: RuntimeDefault}", "{type: Localhost, localhostProfile: x}\n    appArmorProfile: {type: Localhost, localhostProfile: x}"),
    };
    for (const [name, text] of Object.entries(PASSES)) {
        it(`accepts ${name}`, () => {
            assert.deepEqual(violated(text), []);
        });
    }

    const FAILS: Readonly<Record<string, readonly [text: string, control: string]>> = {
        "a privileged container": [BAD, "privileged"],
        "an ephemeral container": [edit("  containers:\n", "  ephemeralContainers: [{name: debug}]\n  containers:\n"), "allowprivilegeescalation"],
        "a text instead of false": [edit("allowPrivilegeEscalation: false", 'allowPrivilegeEscalation: "false"'), "allowprivilegeescalation"],
        "containers of the wrong type": [edit(/ {2}containers:[^]*$/, "  containers: x\n"), "allowprivilegeescalation"],
        "root, stated as octal": [edit("0x384", "00"), "runasuser"],
        "a startup probe of another host": [edit("      image:", "      startupProbe: {tcpSocket: {host: 10.0.0.1, port: 1}}\n      image:"), "hostprobesandhostlifecycle"],
        "a hook to another host": [edit("      image:", "      lifecycle: {preStop: {httpGet: {host: 10.0.0.1, port: 1}}}\n      image:"), "hostprobesandhostlifecycle"],
        "a volume of NFS": [edit("  containers:\n", "  volumes: [{name: a, nfs: {server: b, path: /}}]\n  containers:\n"), "restrictedvolumes"],
        "AppArmor off by annotation": [edit("  namespace: prod\n", "  namespace: prod\n  annotations: {container.apparmor.security.beta.kubernetes.io/main: unconfined}\n"), "apparmorprofile"],
        "a CronJob's pods": [`apiVersion: batch/v1\nkind: CronJob\nmetadata: {name: a}\nspec: {jobTemplate: {spec: {template: {spec: {hostPID: true, containers: []}}}}}`, "hostnamespaces"],
    };
    for (const [name, [text, control]] of Object.entries(FAILS)) {
        it(`refuses ${name}`, () => {
            assert.ok(violated(text).includes(control), violated(text).join(", "));
        });
    }
});
