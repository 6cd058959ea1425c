import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, rename, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { ARCHITECTURE } from "../node/packages";
import { succeed } from "../../cli/run";

/** How a container of the image starts, as the OCI image specification names it. */
export interface ImageConfig {
    readonly User?: string;
    readonly Env?: readonly string[];
    readonly Entrypoint?: readonly string[];
    readonly Cmd?: readonly string[];
    readonly WorkingDir?: string;
}

export interface Image {
    /** Name with registry and tag, as a pod asks for it. */
    readonly reference: string;
    readonly config: ImageConfig;
    /** Folders with the files of each layer, the lowest first. */
    readonly layers: readonly string[];
}

interface Descriptor {
    readonly mediaType: string;
    readonly digest: string;
    readonly size: number;
}

const OCI = "application/vnd.oci.image";
/** The same tar for the same files, whoever packs them and when; everything is root's, and everybody may read it. */
const REPRODUCIBLE = ["--format=posix", "--pax-option=exthdr.name=%d/PaxHeaders/%f,delete=atime,delete=ctime", "--sort=name", "--mtime=@0", "--owner=0", "--group=0", "--numeric-owner", "--mode=a+rX"];

async function tar(into: string, folder: string, entries: readonly string[] = ["."]): Promise<void> {
    await succeed("tar", [...REPRODUCIBLE, "-c", "-f", into, "-C", folder, ...entries], { env: { LC_ALL: "C" } }, (said) => `tar could not pack ${folder} into ${into}:\n${said}`);
}

async function sha256(file: string): Promise<string> {
    const hash = createHash("sha256");
    for await (const part of createReadStream(file)) {
        hash.update(part as Buffer);
    }
    return hash.digest("hex");
}

/** An OCI image layout being filled. Its blobs have their digest for a name, so that images share what they have in common. */
class Layout {
    private readonly blobs: string;
    private readonly layers = new Map<string, Promise<Descriptor>>();

    constructor(private readonly folder: string) {
        this.blobs = path.join(folder, "blobs/sha256");
    }

    /** Not compressed: on an emulated processor to unpack takes longer than to read. */
    private async pack(folder: string): Promise<Descriptor> {
        const partial = path.join(this.folder, `layer-${this.layers.size}.tar`);
        await tar(partial, folder);
        const digest = await sha256(partial);
        const { size } = await stat(partial);
        await rename(partial, path.join(this.blobs, digest));
        return { mediaType: `${OCI}.layer.v1.tar`, digest: `sha256:${digest}`, size };
    }

    layer(folder: string): Promise<Descriptor> {
        const packed = this.layers.get(folder) ?? this.pack(folder);
        this.layers.set(folder, packed);
        return packed;
    }

    async json(mediaType: string, value: object): Promise<Descriptor> {
        const text = JSON.stringify(value);
        const digest = createHash("sha256").update(text).digest("hex");
        await writeFile(path.join(this.blobs, digest), text);
        return { mediaType, digest: `sha256:${digest}`, size: Buffer.byteLength(text) };
    }

    async image({ config, layers: folders }: Image): Promise<Descriptor> {
        const layers: Descriptor[] = [];
        for (const folder of folders) {
            layers.push(await this.layer(folder));
        }
        const rootfs = { type: "layers", diff_ids: layers.map(({ digest }) => digest) };
        const described = await this.json(`${OCI}.config.v1+json`, { architecture: ARCHITECTURE, os: "linux", config, rootfs });
        return this.json(`${OCI}.manifest.v1+json`, { schemaVersion: 2, mediaType: `${OCI}.manifest.v1+json`, config: described, layers });
    }

    async write(images: readonly Image[]): Promise<Map<string, string>> {
        await mkdir(this.blobs, { recursive: true });
        const manifests = [];
        for (const image of images) {
            manifests.push({ ...await this.image(image), annotations: { "io.containerd.image.name": image.reference } });
        }
        await writeFile(path.join(this.folder, "oci-layout"), JSON.stringify({ imageLayoutVersion: "1.0.0" }));
        await writeFile(path.join(this.folder, "index.json"), JSON.stringify({ schemaVersion: 2, mediaType: `${OCI}.index.v1+json`, manifests }));
        return new Map(manifests.map(({ annotations, digest }) => [annotations["io.containerd.image.name"], digest]));
    }
}

/**
 * Writes images into one archive that `ctr images import` takes, each layer once.
 * @returns the digest (`sha256:…`) of each image by its reference
 * @throws Problem where tar can't pack a folder
 */
export async function writeArchive(file: string, images: readonly Image[]): Promise<Map<string, string>> {
    const folder = `${file}.layout`;
    try {
        const digests = await new Layout(folder).write(images);
        await tar(file, folder, ["oci-layout", "index.json", "blobs"]);
        return digests;
    } finally {
        await rm(folder, { recursive: true, force: true });
    }
}
