import type { Config } from "../config/schema";
import { listOf, type Named } from "./render";

type People = Config["admission"]["deployers"];

/** Whether a request comes from one of them. */
export function isOneOf({ users, groups }: People): string {
    const byGroup = groups.length === 0 ? [] : [`request.userInfo.?groups.orValue([]).exists(group, group in ${listOf(groups)})`];
    const byName = users.length === 0 ? [] : [`request.userInfo.username in ${listOf(users)}`];
    return [...byName, ...byGroup].join(" || ") || "false";
}

/** A kubelet, as the API server's own plug-in NodeRestriction knows it, which holds each to what is on its node. */
export const IS_NODE = "request.userInfo.username.startsWith('system:node:') && request.userInfo.?groups.orValue([]).exists(group, group == 'system:nodes')";

/**
 * A preview asks with dry runs whether the cluster would take what the update will send. Then the policies and their parameters are
 * still those of the last update, so that they can't be asked; and a dry run leaves nothing behind.
 */
export function notPreviews({ deployers, previewers }: Config["admission"]): Named {
    const people = { users: [...new Set([...deployers.users, ...previewers.users])], groups: [...new Set([...deployers.groups, ...previewers.groups])] };
    return ["not-a-preview", `!(request.?dryRun.orValue(false) && (${isOneOf(people)}))`];
}
