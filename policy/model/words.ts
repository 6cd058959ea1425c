/** What a key is called behind its domain, where it only says something to people. */
const FOR_PEOPLE = [
    ...["bugs", "chat", "contact", "description", "docs", "documentation", "links", "maintainer", "maintainers", "note", "notes", "owner"],
    ...["repository", "runbook", "source", "support", "team", "ticket"],
];
/** Domains in which Kubernetes and its own controllers look for orders. */
const OF_KUBERNETES = /(^|\.)(kubernetes|k8s)\.io$/;
/** Keys by themselves: for people, for tools that only read, and those that confine more. */
const ANNOTATIONS: Readonly<Record<string, readonly string[] | "any">> = {
    "kubernetes.io/description": "any",
    "kubectl.kubernetes.io/default-container": "any",
    "kubectl.kubernetes.io/restartedAt": "any",
    // Of this domain alone: downscaler/uptime has a controller scale to nothing.
    "a8r.io/uptime": "any",
    "prometheus.io/scrape": "any",
    "prometheus.io/port": "any",
    "prometheus.io/path": "any",
    "prometheus.io/scheme": "any",
    // The sandbox then makes room before others do.
    "cluster-autoscaler.kubernetes.io/safe-to-evict": ["true"],
    // Pods of the account may then mount only the secrets that it lists: none.
    "kubernetes.io/enforce-mountable-secrets": ["true"],
    // The older words for RuntimeDefault.
    "seccomp.security.alpha.kubernetes.io/pod": ["runtime/default", "docker/default"],
};

/** Whether an annotation is only words, by its key and, where it matters, its value. */
export function isOnlyWords(key: string, value: unknown): boolean {
    const values = Object.hasOwn(ANNOTATIONS, key) ? ANNOTATIONS[key] : undefined;
    if (values !== undefined) {
        return values === "any" || values.some((one) => one === value);
    }
    const [domain, name, ...rest] = key.split("/");
    return rest.length === 0 && domain !== undefined && name !== undefined && !OF_KUBERNETES.test(domain) && FOR_PEOPLE.includes(name);
}
