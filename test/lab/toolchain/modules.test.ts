import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { LEAST_GO } from "../../../lab/toolchain/go";
import { ETCD, folderOf, KUBERNETES, PULUMI, versionOf } from "../../../lab/toolchain/modules";

const MODULES = [PULUMI, KUBERNETES, ETCD];
const read = (file: string, module = KUBERNETES): string => readFileSync(path.join(folderOf(module), file), "utf8");
/** `[module, version]` of each line of a go.mod that requires something. */
const required = (module: typeof KUBERNETES): string[][] => [...read("go.mod", module).matchAll(/^\s*(?:require )?(\S+\.\S+\/\S+) (v\S+)/gm)].map(([, name = "", version = ""]) => [name, version]);

describe("the Go modules of the tool chain", () => {
    for (const module of MODULES) {
        describe(module.name, () => {
            it("has one version, which its go.mod pins", () => {
                assert.match(versionOf(module), /^v\d+\.\d+\.\d+$/);
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
                const go = /^go (\d+)\.(\d+)/m.exec(read("go.mod", module)) ?? assert.fail("no line `go`");
                const least = LEAST_GO.split(".").map(Number);
                assert.ok(Number(go[1]) === least[0] && Number(go[2]) <= (least[1] ?? 0), go[0]);
            });

            it("keeps the packages of its programs, so that `go mod tidy` does", () => {
                for (const source of Object.values(module.programs)) {
                    assert.ok(read("tools.go", module).includes(`_ "${source}"`), source);
                }
            });
        });
    }

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
