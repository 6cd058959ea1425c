import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { chmod, mkdir, readFile, symlink, utimes, writeFile } from "node:fs/promises";
import path from "node:path";
import execa from "execa";
import { writeArchive, type Image } from "../../../lab/images/archive";
import { isProblem, temporaryFolder } from "../support";

describe("archives of images", () => {
    const at = temporaryFolder();

    /** Writes one layer of packages that two images share, and a layer of its own for each. */
    async function images(folder: string): Promise<Image[]> {
        for (const [file, text] of Object.entries({ "base/usr/bin/program": "program", "one/srv/file": "1", "two/srv/file": "2" })) {
            await mkdir(path.dirname(at(folder, file)), { recursive: true });
            await writeFile(at(folder, file), text);
        }
        await chmod(at(folder, "base/usr/bin/program"), 0o750);
        await symlink("usr/bin", at(folder, "base/bin"));
        return ["one", "two"].map((name) => ({
            reference: `registry.example.org/${name}:1`, config: { Cmd: [name], User: "900:900" }, layers: [at(folder, "base"), at(folder, name)],
        }));
    }

    async function unpack(archive: string): Promise<(digest: string) => Promise<Buffer>> {
        await mkdir(at("layout"));
        await execa("tar", ["-x", "-f", archive, "-C", at("layout")]);
        return async (digest) => {
            const blob = await readFile(at("layout/blobs/sha256", digest.replace("sha256:", "")));
            assert.equal(`sha256:${createHash("sha256").update(blob).digest("hex")}`, digest);
            return blob;
        };
    }

    it("are the same to the byte for the same files, whenever and wherever they were written", async () => {
        await writeArchive(at("first.tar"), await images("a"));
        const later = await images("b");
        await utimes(at("b/one/srv/file"), 1, 1);
        await writeArchive(at("second.tar"), later);
        assert.ok((await readFile(at("first.tar"))).equals(await readFile(at("second.tar"))));
    });

    it("have images by their reference, each blob under its digest, and a shared layer once", async () => {
        const digests = await writeArchive(at("images.tar"), await images("a"));
        const blob = await unpack(at("images.tar"));
        const { manifests } = JSON.parse(await readFile(at("layout/index.json"), "utf8"));
        const found = await Promise.all(manifests.map(async ({ digest, annotations }: { digest: string; annotations: Record<string, string> }) => {
            const manifest = JSON.parse((await blob(digest)).toString());
            const { config, rootfs } = JSON.parse((await blob(manifest.config.digest)).toString());
            const layers = manifest.layers.map((layer: { digest: string }) => layer.digest);
            assert.deepEqual(rootfs.diff_ids, layers);
            return { name: annotations["io.containerd.image.name"], digest, config, layers };
        }));
        assert.deepEqual(found.map(({ name, digest, config }) => [name, digest, config]), ["one", "two"].map((name) => [
            `registry.example.org/${name}:1`, digests.get(`registry.example.org/${name}:1`), { Cmd: [name], User: "900:900" },
        ]));
        const layers = found.flatMap((image) => image.layers as string[]);
        assert.deepEqual([layers.length, new Set(layers).size, layers[0]], [4, 3, layers[2]]);
    });

    it("give every file to root, and let everybody read it", async () => {
        await writeArchive(at("images.tar"), await images("a"));
        const blob = await unpack(at("images.tar"));
        const [{ digest }] = JSON.parse(await readFile(at("layout/index.json"), "utf8")).manifests;
        const { layers } = JSON.parse((await blob(digest)).toString());
        const { stdout } = await execa("tar", ["-t", "-v", "--numeric-owner"], { input: await blob(layers[0].digest) });
        assert.deepEqual(stdout.split("\n").map((line) => line.split(/ +/)).map(([mode, owner, , , , ...name]) => [mode, owner, name.join(" ")]), [
            ["drwxr-xr-x", "0/0", "./"],
            ["lrwxrwxrwx", "0/0", "./bin -> usr/bin"],
            ["drwxr-xr-x", "0/0", "./usr/"],
            ["drwxr-xr-x", "0/0", "./usr/bin/"],
            ["-rwxr-xr-x", "0/0", "./usr/bin/program"],
        ]);
    });

    it("leave nothing behind when a layer is missing, and say which", async () => {
        const broken = [{ reference: "registry.example.org/one:1", config: {}, layers: [at("nowhere")] }];
        await assert.rejects(writeArchive(at("images.tar"), broken), isProblem(/could not pack .*nowhere/));
        await assert.rejects(readFile(at("images.tar")), { code: "ENOENT" });
        await assert.rejects(readFile(at("images.tar.layout")), { code: "ENOENT" });
    });
});
