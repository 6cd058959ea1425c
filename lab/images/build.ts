import { mkdir, rm } from "node:fs/promises";
import path from "node:path";
import { writeArchive, type Image } from "./archive";
import { fileLayer, packageLayer } from "./layers";
import { PAUSE_RECIPE, recipeOf, type Recipe } from "./recipes";
import { PAUSE, stackImages } from "./references";

/** The archive's name in the folder that it is built into. */
export const ARCHIVE = "images.tar";

/** How each image is made that a node of the embedded cluster needs, by its reference. @throws Problem for one that can't be made here */
export function recipes(images: ReadonlyMap<string, string> = stackImages()): Map<string, Recipe> {
    return new Map([[PAUSE, PAUSE_RECIPE], ...[...images].map(([repository, reference]): [string, Recipe] => [reference, recipeOf(repository)])]);
}

/**
 * Builds all images into one archive, `images.tar`, which `ctr --namespace k8s.io images import` takes. Needs about half a minute and an
 * archive of Debian's packages within reach of apt.
 * @param state see `readPackageLists`
 * @param detail is told what is being done just now
 * @returns the digest of each image by its reference
 * @throws Problem where packages can't be had, or the stack asks for an image without recipe
 */
export async function buildImages(state: string, into: string, detail: (text: string) => void): Promise<Map<string, string>> {
    const wanted = recipes();
    const work = path.join(into, "work");
    const unpacked = new Map<string, string>();
    const images: Image[] = [];
    await mkdir(work, { recursive: true, mode: 0o755 });
    try {
        for (const [reference, recipe] of wanted) {
            const key = recipe.packages.join(" ");
            const packages = unpacked.get(key) ?? path.join(work, `packages-${unpacked.size}`);
            if (!unpacked.has(key)) {
                detail(key);
                await packageLayer(state, recipe.packages, packages);
                unpacked.set(key, packages);
            }
            const files = path.join(work, `files-${images.length}`);
            await fileLayer(recipe, files);
            images.push({ reference, config: recipe.config, layers: [packages, files] });
        }
        detail(ARCHIVE);
        return await writeArchive(path.join(into, ARCHIVE), images);
    } finally {
        await rm(work, { recursive: true, force: true });
    }
}
