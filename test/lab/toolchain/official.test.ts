import assert from "node:assert/strict";
import { mkdir, symlink, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { chooseVersion, installedProvider, installedPulumi, onPath, providerVersion } from "../../../lab/toolchain/official";
import { LAB_MARK } from "../../../lab/paths";
import { script, temporaryFolder, withVariables } from "../support";

const PLUGIN = "pulumi-resource-kubernetes";

describe("official tools", () => {
    const at = temporaryFolder();
    withVariables(() => ({ HOME: at("home"), PATH: [at("one"), at("two")].join(path.delimiter), PULUMI_HOME: undefined }));
    const program = async (...parts: string[]): Promise<string> => {
        await mkdir(path.dirname(at(...parts)), { recursive: true });
        return script(at(...parts));
    };

    it("on PATH win, the first of them", async () => {
        assert.equal(onPath("pulumi"), undefined);
        const second = await program("two/pulumi");
        assert.equal(installedPulumi(), second);
        const first = await program("one/pulumi");
        assert.equal(installedPulumi(), first);
    });

    it("aren't what a lab has put there, this one or another", async () => {
        await program("one/pulumi");
        await writeFile(at("one", LAB_MARK), "");
        assert.equal(installedPulumi(), undefined);
        assert.equal(installedPulumi(), undefined);
        const official = await program("two/pulumi");
        assert.equal(installedPulumi(), official);
    });

    it("aren't folders of that name, files that can't be run, or links to nothing", async () => {
        await mkdir(at("one/pulumi"), { recursive: true });
        await mkdir(at("two"));
        await writeFile(at("two/pulumi"), "", { mode: 0o644 });
        assert.equal(onPath("pulumi"), undefined);
        await symlink(at("gone"), at("one/other"));
        assert.equal(onPath("other"), undefined);
        assert.equal(onPath("pulumi", {}), undefined);
        assert.equal(onPath("pulumi", { PATH: `:${at("two")}` }), undefined);
    });

    it("are found where Pulumi's installer puts the CLI", async () => {
        const installed = await program("home/.pulumi/bin/pulumi");
        assert.equal(installedPulumi(), installed);
        const other = await program("two/pulumi");
        assert.equal(installedPulumi(), other);
    });

    it("of the Kubernetes provider are the version that the program asks for, or else the newest", async () => {
        assert.equal(providerVersion(), (createRequire(__filename)("@pulumi/kubernetes/package.json") as { version: string }).version);
        assert.equal(chooseVersion(["4.9.0", "4.10.0", "4.2.0"], "4.9.0"), "4.9.0");
        assert.equal(chooseVersion(["4.9.0", "4.10.0", "4.2.0"], "4.3.0"), "4.10.0");
        assert.equal(chooseVersion([], "4.3.0"), undefined);
    });

    it("of the Kubernetes provider are taken from PATH, from the user's plugins, or from nowhere", async () => {
        assert.equal(installedProvider(), undefined);
        await program("home/.pulumi/plugins/resource-random-v4.0.0/pulumi-resource-random");
        await mkdir(at("home/.pulumi/plugins/resource-kubernetes-v9.0.0.partial"));
        assert.equal(installedProvider(), undefined);
        const newer = await program("home/.pulumi/plugins/resource-kubernetes-v4.99.0", PLUGIN);
        assert.equal(installedProvider(), newer);
        const wanted = await program(`home/.pulumi/plugins/resource-kubernetes-v${providerVersion()}`, PLUGIN);
        assert.equal(installedProvider(), wanted);
        const first = await program("one", PLUGIN);
        assert.equal(installedProvider(), first);
    });

    it("of the Kubernetes provider are looked for where PULUMI_HOME says", async () => {
        const wanted = await program(`elsewhere/plugins/resource-kubernetes-v${providerVersion()}`, PLUGIN);
        process.env["PULUMI_HOME"] = at("elsewhere");
        assert.equal(installedProvider(), wanted);
    });
});
