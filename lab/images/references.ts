import { readFileSync } from "node:fs";
import path from "node:path";
import { parse } from "yaml";
import { REPOSITORY } from "../../cli/repository";
import { Problem } from "../../cli/problem";
import { STACK } from "../stack";

/** The container that holds a pod's namespaces. No stack asks for it: the container runtime's configuration does. */
export const PAUSE = "localhost/pause:1";

interface ImageValue {
    readonly repository: string;
    readonly tag?: string;
}

function isImage(value: unknown): value is ImageValue {
    return typeof value === "object" && value !== null && "repository" in value;
}

/** Every image below a value of the configuration, whatever it is the image of. */
function imagesIn(value: unknown): ImageValue[] {
    if (isImage(value)) {
        return [value];
    }
    return typeof value === "object" && value !== null ? Object.values(value).flatMap(imagesIn) : [];
}

function configIn(file: string): Record<string, unknown> {
    return (parse(readFileSync(path.join(REPOSITORY, file), "utf8")) as { config: Record<string, unknown> }).config;
}

/** The images that the embedded cluster's stack asks for: full reference by repository. @throws Problem for one without a tag */
export function stackImages(own: Record<string, unknown> = configIn(`Pulumi.${STACK}.yaml`)): Map<string, string> {
    const { default: common } = configIn("Pulumi.yaml")["imageRegistry"] as { default: string };
    const registry = own["wikifunctions:imageRegistry"] ?? common;
    return new Map(imagesIn(own).map(({ repository, tag }) => {
        if (tag === undefined) {
            throw new Problem(`The stack ${STACK} asks for the image ${repository} without a tag; what is built here has the name that a tag gives it.`);
        }
        return [repository, `${String(registry)}/${repository}:${tag}`];
    }));
}
