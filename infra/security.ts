import type { types } from "@pulumi/kubernetes";

/** User and group `runuser` of the images. */
const USER_ID = 900;

/**
 * What a pod has for its protection beyond what every pod has: the name of the AppArmor profile differs, and a cluster may have SELinux.
 * Nothing else is a parameter, so that nothing else can be forgotten or given away.
 */
export interface Confinement {
    /** Name of a profile that the loader puts on every node. */
    readonly appArmorProfile: string;
    /** SELinux type; empty where nodes have no SELinux. */
    readonly seLinuxType: string;
}

/** Under this annotation Kubernetes before 1.30, and tools written for it, look for a container's profile. */
const APPARMOR_ANNOTATION = "container.apparmor.security.beta.kubernetes.io";

function seLinux({ seLinuxType }: Confinement) {
    return seLinuxType === "" ? {} : { seLinuxOptions: { type: seLinuxType } };
}

function localProfile({ appArmorProfile }: Confinement) {
    return { type: "Localhost", localhostProfile: appArmorProfile };
}

/** Annotations for the pod template, not for the Deployment: the older way to say what the security context says. */
export function appArmorAnnotations(container: string, confinement: Confinement): Record<string, string> {
    return { [`${APPARMOR_ANNOTATION}/${container}`]: `localhost/${confinement.appArmorProfile}` };
}

export function podSecurityContext(confinement: Confinement): types.input.core.v1.PodSecurityContext {
    return {
        runAsNonRoot: true,
        runAsUser: USER_ID,
        runAsGroup: USER_ID,
        seccompProfile: { type: "RuntimeDefault" },
        appArmorProfile: localProfile(confinement),
        ...seLinux(confinement),
    };
}

/** Says again what the pod says, because a container's own context is what Pod Security Admission and people look at first. */
export function containerSecurityContext(confinement: Confinement): types.input.core.v1.SecurityContext {
    return {
        allowPrivilegeEscalation: false,
        privileged: false,
        readOnlyRootFilesystem: true,
        runAsNonRoot: true,
        runAsUser: USER_ID,
        runAsGroup: USER_ID,
        capabilities: { drop: ["ALL"] },
        seccompProfile: { type: "RuntimeDefault" },
        appArmorProfile: localProfile(confinement),
        ...seLinux(confinement),
    };
}
