import { z } from "zod";
import { object, text } from "./fields";

const REGISTRY = /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?(:\d+)?(\/[a-z0-9]+([._-]+[a-z0-9]+)*)*$/;
const REPOSITORY = /^[a-z0-9]+([._-]+[a-z0-9]+)*(\/[a-z0-9]+([._-]+[a-z0-9]+)*)*$/;
const TAG = /^(?!latest$)[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/;
const DIGEST = /^sha256:[0-9a-f]{64}$/;

export const registry = text(REGISTRY, "a registry host and path without scheme or trailing slash, such as registry.example.org/team");

export const image = object({
    repository: text(REPOSITORY, "a repository below imageRegistry, without tag or digest"),
    tag: text(TAG, "a tag that stays put; latest does not").optional(),
    digest: text(DIGEST, "sha256: and 64 hexadecimal digits").optional(),
}).refine(({ tag, digest }) => tag !== undefined || digest !== undefined, { error: "a tag or a digest" });
export type Image = z.output<typeof image>;

/** `registry/repository[:tag][@digest]`, as the kubelet takes it; with both, the digest decides and the tag informs. */
export function imageReference(base: string, { repository, tag, digest }: Image): string {
    return `${base}/${repository}${tag === undefined ? "" : `:${tag}`}${digest === undefined ? "" : `@${digest}`}`;
}
