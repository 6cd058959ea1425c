import { plainName, underPlainName } from "../model/apparmor/name";
import { isConfigMapOfProfiles } from "../posture/loader";
import { field, members } from "../model/read";
import { metadata, type Stack } from "../model/stack";
import type { Posture } from "../posture/posture";

/** Texts of the AppArmor profiles that the loader gets, under their plain names, as they would be approved; one that can't be read is empty. */
export function profilesOf(stack: Stack, { loaderNamespace }: Posture): Posture["profiles"] {
    const maps = stack.ofKind("ConfigMap").filter((map) => metadata(map, "namespace") === loaderNamespace && isConfigMapOfProfiles(metadata(map, "name")));
    const texts = maps.flatMap(({ props }) => members(field({ path: "", value: props }, "data")));
    return Object.fromEntries(texts.map(({ key, value }) => [plainName(key) ?? key, typeof value === "string" ? underPlainName(key, value) : ""]));
}
