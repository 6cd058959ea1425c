import * as pulumi from "@pulumi/pulumi";
import type { Config } from "./config/schema";
import { KubernetesApi } from "./kubernetes-api";

/** @see https://kubernetes.io/docs/reference/access-authn-authz/authentication/#self-subject-review stable since 1.28 */
const WHO_AM_I = "/apis/authentication.k8s.io/v1/selfsubjectreviews";
const REVIEW = { apiVersion: "authentication.k8s.io/v1", kind: "SelfSubjectReview" };

interface User {
    readonly username?: string;
    readonly groups?: readonly string[];
}

/** As whom the cluster of a context knows whoever runs this. @throws KubernetesApiError where it doesn't say */
async function userOf(kubeContext: string): Promise<User> {
    const api = await KubernetesApi.of(kubeContext);
    const { status } = await api.ask(WHO_AM_I, REVIEW) as { status?: { userInfo?: User } };
    return status?.userInfo ?? {};
}

/**
 * Refuses an update by somebody who isn't one of the stack's deployers: once its admission policies are in the cluster, that somebody could
 * neither go on nor take anything back. A preview, which others may run too, isn't asked.
 * @throws pulumi.RunError naming who it is, and the line to add; Pulumi prints it without a stack trace
 */
export async function checkDeployer({ kubeContext, admission: { deployers } }: Pick<Config, "kubeContext" | "admission">): Promise<void> {
    if (pulumi.runtime.isDryRun()) {
        return;
    }
    const { username = "", groups = [] } = await userOf(kubeContext).catch((error: unknown) => {
        throw refused(`can't be compared with who you are on the cluster of the context "${kubeContext}" (${(error as Error).message})`);
    });
    if (!deployers.users.includes(username) && !groups.some((group) => deployers.groups.includes(group))) {
        const known = [...deployers.users, ...deployers.groups].map((name) => `"${name}"`).join(", ");
        const withYou = `{ users: [${[...deployers.users, username].join(", ")}], groups: [${deployers.groups.join(", ")}] }`;
        throw refused(`doesn't name you, "${username}", whom the admission policies would lock out; it names ${known}. Update as one of them, or add yourself to the stack file:\n  wikifunctions:admission:\n    deployers: ${withYou}`);
    }
}

function refused(what: string): pulumi.RunError {
    return new pulumi.RunError(`Nothing in the cluster was changed:\nwikifunctions:admission.deployers ${what}`);
}
