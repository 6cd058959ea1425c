/** Where the rules' demands come from, so that each address is written once. */
const KUBERNETES = "https://kubernetes.io/docs";

export const POD_SECURITY_BASELINE = `${KUBERNETES}/concepts/security/pod-security-standards/#baseline`;
export const POD_SECURITY_RESTRICTED = `${KUBERNETES}/concepts/security/pod-security-standards/#restricted`;

/** A page of the Kubernetes documentation. */
export function kubernetes(page: string): string {
    return `${KUBERNETES}/${page}`;
}

/** A page of the Pulumi documentation. */
export function pulumi(page: string): string {
    return `https://www.pulumi.com/docs/${page}`;
}

/** A recommendation of the CIS Kubernetes Benchmark, by its number in v1.11. */
export function cis(id: string): string {
    return `CIS Kubernetes Benchmark v1.11, ${id}`;
}
