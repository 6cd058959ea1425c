import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { coerce, compare, gte, lt } from "semver";
import { LEAST_GO } from "../../../lab/toolchain/go";
import { ETCD, folderOf, KUBERNETES, PROVIDER, PULUMI, versionOf } from "../../../lab/toolchain/modules";
import { providerVersion } from "../../../lab/toolchain/official";

const MODULES = [PULUMI, PROVIDER, KUBERNETES, ETCD];
const read = (file: string, module = KUBERNETES): string => readFileSync(path.join(folderOf(module), file), "utf8");
/** `[module, version]` of each line of a go.mod that requires something. */
const required = (module: typeof KUBERNETES): string[][] => [...read("go.mod", module).matchAll(/^\s*(?:require )?(\S+\.\S+\/\S+) (v\S+)/gm)].map(([, name = "", version = ""]) => [name, version]);

describe("the Go modules of the tool chain", () => {
    for (const module of MODULES) {
        describe(module.name, () => {
            it("has one version, which its go.mod pins", () => {
                assert.match(versionOf(module), /^v\d+\.\d+\.\d+(-\d{14}-[0-9a-f]{12})?$/);
                assert.deepEqual(required(module).filter(([name]) => name === module.source), [[module.source, versionOf(module)]]);
            });

            it("has a checksum for what it requires", () => {
                const sums = read("go.sum", module);
                // The staging modules of Kubernetes are replaced: their checksums are those of what stands in their place.
                const replaced = new Map([...read("go.mod", module).matchAll(/^\s*(?:replace )?(\S+)(?: v\S+)? => (\S+) (v\S+)$/gm)].map(([, from = "", to = "", version = ""]) => [from, `${to} ${version}`]));
                const unsummed = required(module).map(([name = "", version = ""]) => replaced.get(name) ?? `${name} ${version}`).filter((pin) => !sums.includes(`${pin}/go.mod h1:`));
                assert.deepEqual(unsummed, []);
                assert.ok(sums.includes(`${module.source} ${versionOf(module)} h1:`));
            });

            it("replaces nothing by a folder, and builds with the oldest Go that is let through", () => {
                assert.doesNotMatch(read("go.mod", module), /=> *[./]/);
                const go = /^go (\S+)/m.exec(read("go.mod", module))?.[1];
                assert.ok(gte(LEAST_GO, coerce(go) ?? assert.fail("no line `go`")), go);
            });

            it("keeps the packages of its programs, so that `go mod tidy` does", () => {
                for (const source of Object.values(module.programs)) {
                    const [file, words] = source === "." ? ["main.go", `"${module.source}/`] as const : ["tools.go", `_ "${source}"`] as const;
                    assert.ok(read(file, module).includes(words), source);
                }
            });
        });
    }

    it("give the provider a version that the program's package asks for, and say what it is built from", () => {
        const [stamp = "", ...others] = PROVIDER.stamps("v4.0.0-20260115033456-f47bc2d6f199");
        const version = stamp.slice(stamp.indexOf("=") + 1);
        assert.deepEqual([others, version.split("+")[1], compare(version, providerVersion())], [[], "f47bc2d6f199", 0]);
    });

    it("have no older version for the provider than for the CLI, so that what both require is compiled once", () => {
        const [ofCli, ofProvider] = [PULUMI, PROVIDER].map((module) => new Map(required(module).map(([name = "", version = ""]) => [name, version])));
        const common = [...ofCli ?? []].filter(([name]) => ofProvider?.has(name) === true && !name.startsWith("github.com/pulumi/pulumi/"));
        assert.ok(common.length > 100);
        assert.deepEqual(common.filter(([name, version]) => lt(ofProvider?.get(name) ?? "", version)), []);
    });

    it("tell the programs their version", () => {
        assert.deepEqual(PULUMI.stamps("v3.1.2"), ["github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v3.1.2"]);
        const stamps = KUBERNETES.stamps("v1.37.2");
        for (const stamp of ["k8s.io/component-base/version.gitVersion=v1.37.2", "k8s.io/client-go/pkg/version.gitVersion=v1.37.2", "k8s.io/component-base/version.gitMajor=1", "k8s.io/component-base/version.gitMinor=37"]) {
            assert.ok(stamps.includes(stamp), stamp);
        }
    });

    it("whose go.mod doesn't name it are a mistake that names the file", () => {
        assert.throws(() => versionOf({ ...ETCD, source: "example.org/other" }), /lab\/go\/etcd\/go\.mod requires no version of example\.org\/other/);
        assert.ok(existsSync(folderOf(ETCD)));
    });
});
