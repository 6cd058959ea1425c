import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { lstat, mkdir, readdir, readFile, rename, rm, stat, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { build, cacheKey, targetOf } from "../../../lab/toolchain/build";
import { REPOSITORY } from "../../../cli/repository";
import { ETCD, folderOf, KUBERNETES, PROVIDER, PULUMI, type GoModule } from "../../../lab/toolchain/modules";
import { isProblem, script, startTypeScript, temporaryFolder, until, withVariables } from "../support";

/** Stands for the compiler: notes how it was called, and makes the program that it is told to. */
const COMPILER = (at: (name: string) => string, ...lines: string[]): string[] => [
    "if [ \"$1\" = version ]; then cat \"$(dirname \"$0\")/version\"; exit; fi",
    "if [ \"$1\" = mod ]; then echo '{\"Dir\": \"/module\"}'; exit; fi",
    `echo "$PWD $CGO_ENABLED $GOTOOLCHAIN $GOWORK $*" >> "${at("calls")}"`,
    "while [ \"$1\" != -o ]; do shift; done; out=$2; shift 2",
    ...lines,
];
const MAKE = "case $out in */) for source; do echo made > \"$out${source##*/}\"; done;; *) echo made > \"$out\";; esac";

describe("building a Go module", () => {
    const at = temporaryFolder();
    withVariables(() => ({ PATH: `${at("bin")}:/usr/bin:/bin`, WIKIFUNCTIONS_LAB_CACHE: at("cache"), WIKIFUNCTIONS_LAB_DIGESTS: at("digests.json") }));
    const compiler = (...lines: string[]): Promise<string> => script(at("bin/go"), ...COMPILER(at, ...lines));
    const calls = async (): Promise<string[]> => (await readFile(at("calls"), "utf8").catch(() => "")).trim().split("\n").filter((line) => line !== "");

    beforeEach(async () => {
        await mkdir(at("bin"));
        await writeFile(at("bin/version"), "go version go1.26.8 linux/amd64\n");
        await compiler(MAKE);
    });

    it("happens once: what the cache has is taken", async () => {
        const directory = await build(ETCD);
        assert.equal(await build(ETCD), directory);
        assert.equal((await calls()).length, 1);
        assert.equal(path.dirname(directory), at("cache"));
        assert.match(path.basename(directory), /^etcd-[0-9a-f]{16}$/);
        assert.deepEqual([await readdir(directory), await readdir(at("cache"))], [["etcd"], [path.basename(directory)]]);
        assert.deepEqual([(await stat(at("cache"))).mode & 0o777, (await stat(directory)).mode & 0o777], [0o700, 0o700]);
    });

    it("happens again where the cache has something that wasn't built here and isn't pinned", async () => {
        const directory = await build(ETCD);
        const before = await readFile(at("digests.json"), "utf8");
        await writeFile(path.join(directory, "etcd"), "put there");
        assert.equal(await build(ETCD), directory);
        assert.equal((await calls()).length, 2);
        assert.equal(await readFile(path.join(directory, "etcd"), "utf8"), "made\n");
        assert.equal(await readFile(at("digests.json"), "utf8"), before);
        await rm(at("digests.json"));
        await build(ETCD);
        assert.equal((await calls()).length, 3);
    });

    it("happens again where the cache has a link to what was built here, which leads elsewhere from where it is put", async () => {
        const program = path.join(await build(ETCD), "etcd");
        await rename(program, at("cache/same"));
        await symlink("../same", program);
        await build(ETCD);
        assert.equal((await calls()).length, 2);
        assert.ok((await lstat(program)).isFile());
    });

    it("is pinned as it stands, for the Go of both pipelines", async () => {
        const pipelines = await Promise.all([".gitlab-ci.yml", ".github/workflows/preview.yml"].map((file) => readFile(path.join(REPOSITORY, file), "utf8")));
        const versions = pipelines.map((text) => /golang:([\d.]+)-|go-version: "([\d.]+)"/.exec(text)?.slice(1).join(""));
        assert.equal(versions[0], versions[1]);
        await writeFile(at("bin/version"), `go version go${String(versions[0])} linux/amd64\n`);
        const programs = [ETCD, KUBERNETES, PROVIDER, PULUMI].map(async (module) => {
            const folder = path.basename(await targetOf(module));
            return Object.keys(module.programs).sort().map((program) => `${folder}/${program}`);
        });
        const pinned = JSON.parse(await readFile(path.join(REPOSITORY, "lab/toolchain/digests.json"), "utf8")) as object;
        assert.deepEqual(Object.keys(pinned), (await Promise.all(programs)).flat(), "npm start with that Go on Linux and x86-64 notes them in .lab/digests.json; copy them from there");
    });

    it("happens again where the cache lacks one of several programs", async () => {
        const directory = await build(KUBERNETES);
        await rm(path.join(directory, "kubectl"));
        await build(KUBERNETES);
        assert.equal((await calls()).length, 2);
        assert.deepEqual((await readdir(directory)).sort(), Object.keys(KUBERNETES.programs).sort());
    });

    it("keeps to the pins and the installed Go, and needs no C compiler", async () => {
        const directory = await build(ETCD);
        const [call = ""] = await calls();
        assert.ok(call.startsWith(`${folderOf(ETCD)} 0 local off build -v -mod=readonly -trimpath -gcflags all=-dwarf=false -ldflags -s -w -o ${directory}.partial-`), call);
        assert.ok(call.endsWith("/etcd go.etcd.io/etcd/server/v3"), call);
    });

    it("puts what a program of this repository embeds beside it for the compiler alone, from the module that has it", async () => {
        await compiler(`cat "$(dirname "$out")/overlay.json" > "${at("overlay")}"`, MAKE);
        const directory = await build(PROVIDER);
        const files = ["schema.json", "terraform-mapping.json"].map((file) => [path.join(folderOf(PROVIDER), file), `/module/cmd/pulumi-resource-kubernetes/${file}`]);
        assert.deepEqual(JSON.parse(await readFile(at("overlay"), "utf8")), { Replace: Object.fromEntries(files) as object });
        const [call = ""] = await calls();
        assert.ok(call.includes(` -overlay ${directory}.partial-`) && call.endsWith("/pulumi-resource-kubernetes ."), call);
        assert.deepEqual(await readdir(directory), ["pulumi-resource-kubernetes"]);
    });

    it("compiles without optimisation what is generated and hardly ever run, after the flags for all", async () => {
        await build({ ...ETCD, unoptimised: ["example.org/generated/..."] });
        assert.match((await calls())[0] ?? "", / -gcflags all=-dwarf=false -gcflags example\.org\/generated\/\.\.\.=-dwarf=false -N -l /);
    });

    it("makes all programs of a module at once, stamped with its version", async () => {
        const directory = await build(KUBERNETES);
        assert.deepEqual((await readdir(directory)).sort(), Object.keys(KUBERNETES.programs).sort());
        const [call = "", ...others] = await calls();
        assert.deepEqual(others, []);
        assert.match(call, /-X k8s\.io\/component-base\/version\.gitVersion=v\d/);
    });

    it("happens again for another Go, flag or program", async () => {
        const variants: GoModule[] = [ETCD, { ...ETCD, stamps: () => ["main.it=1"] }, { ...ETCD, programs: { etcd: "go.etcd.io/etcd/server/v3/other" } }];
        const directories = [];
        for (const variant of variants) {
            directories.push(await build(variant));
        }
        await writeFile(at("bin/version"), "go version go1.27.0 linux/amd64\n");
        directories.push(await build(ETCD));
        assert.equal(new Set(directories).size, 4);
    });

    it("is named after each of its parts, wherever one ends and the next begins", () => {
        assert.match(cacheKey(["a", "b"]), /^[0-9a-f]{16}$/);
        assert.equal(new Set([["a", "b"], ["ab"], ["ab", ""], ["", "ab"], ["b", "a"]].map(cacheKey)).size, 5);
    });

    it("that fails is told by the end of what the compiler said, and leaves nothing", async () => {
        await compiler("echo half > \"$out\"", "seq 1 20 >&2", "echo 'main.go:3: undefined: x' >&2", "exit 1");
        await assert.rejects(build(ETCD), isProblem(/^Building etcd failed:\n14\n15\n16\n17\n18\n19\n20\nmain\.go:3: undefined: x$/));
        assert.deepEqual(await readdir(at("cache")), []);
    });

    it("for which there is no room says so in one line", async () => {
        await compiler("echo 'go build x: copying: write y: no space left on device' >&2", "exit 1");
        await assert.rejects(build(ETCD), isProblem(/^No space is left on the disk for building etcd in .*; free some and run the command again\.$/));
        assert.deepEqual(await readdir(at("cache")), []);
    });

    it("that leaves no program is a failure", async () => {
        await compiler("exit 0");
        await assert.rejects(build(ETCD), isProblem(/^Building go\.etcd\.io\/etcd\/server\/v3 left no program etcd\.$/));
        assert.deepEqual(await readdir(at("cache")), []);
    });

    it("takes away what a build has left that was killed", async () => {
        await mkdir(at("cache/kubernetes-0123456789abcdef.partial-01234567"), { recursive: true });
        const directory = await build(ETCD);
        assert.deepEqual(await readdir(at("cache")), [path.basename(directory)]);
    });

    it("stops on an interrupt, and leaves nothing", async () => {
        await compiler(`echo > "${at("started")}"`, "exec sleep 60");
        const { child } = await startTypeScript(at("main.cts"), `
            cli("interrupt").listenForInterrupt();
            await lab("toolchain/build").build(lab("toolchain/modules").ETCD).catch((error) => { console.log(error.message); });`);
        await until("the compiler runs", () => existsSync(at("started")));
        child.kill("SIGINT");
        assert.equal((await child).stdout, "Interrupted.");
        assert.deepEqual(await readdir(at("cache")), []);
    });

    it("needs a Go that is new enough", async () => {
        await writeFile(at("bin/version"), "go version go1.20.1 linux/amd64\n");
        await assert.rejects(build(ETCD), isProblem(/^Go is 1\.20\.1; /));
        assert.equal(existsSync(at("cache")), false);
    });
});
