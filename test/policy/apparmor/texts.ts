import { createHash } from "node:crypto";
import { isObject } from "../../../policy/model/read";
import type { Resource } from "../../../policy/model/resource";
import { objectsOf } from "../../../policy/posture/files";

/** A small profile that is approved, with a bit of everything that one may have. */
export const APPROVED = `abi <abi/3.0>,
profile wikifunctions-evaluator-python flags=(enforce, attach_disconnected) {
  /etc/{group,hosts} r,
  /usr/lib/** mr,
  /srv/{,**} mrix,
  /dev/null rw,
  owner /proc/[0-9]*/stat r,
  network inet stream,
  unix (create, bind) type=stream,
  unix (accept, send) type=stream peer=(label=@{profile_name}),
  signal (send, receive) peer=@{profile_name},
  signal (receive) peer={unconfined,crun,runc},
  deny capability,
  deny network raw,
  deny /srv/secret/** rwx,
}
`;

/** The approved text with a line in front of its end. */
export function plus(line: string): string {
    return APPROVED.replace(/\}\n$/, `  ${line}\n}\n`);
}

/** The approved text with one piece replaced. */
export function edited(from: string, to: string): string {
    const text = APPROVED.replace(from, to);
    if (text === APPROVED) {
        throw new Error(`${from} isn't in the approved profile`);
    }
    return text;
}

/** The text under the name that its hash gives it. */
export function genuine(plain: string, text: string): [name: string, text: string] {
    const name = `${plain}-${createHash("sha256").update(text).digest("hex").slice(0, 12)}`;
    return [name, text.replace(`profile ${plain} `, `profile ${name} `)];
}

/** The ConfigMap of profiles that is approved for a stack, under its plain name. @throws Error where there is none */
export function approvedMap(stack: string): Resource {
    const map = objectsOf(stack).find(({ props: { kind, metadata } }) => kind === "ConfigMap" && isObject(metadata) && metadata["name"] === "apparmor-profiles");
    if (map === undefined) {
        throw new Error(`no profiles are approved for ${stack}`);
    }
    return map;
}

/** Texts of the profiles that are approved for a stack, by plain name. */
export function approvedTexts(stack: string): Record<string, string> {
    return approvedMap(stack).props["data"] as Record<string, string>;
}
