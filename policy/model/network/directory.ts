import { groupBy } from "../group";
import { demandedBy, labelsIn, selects, type Labels } from "../labels";
import { kindOfType, type PodHolder } from "../pod";
import { type Field, fieldOf, isUnset } from "../read";
import { metadata, type Stack } from "../stack";

/** Finds workloads by namespace and labels, without going through all of them each time. What can't be read counts as selected. */
export interface Directory {
    /** Workloads of a namespace whose pods the selector may select; all of them where it is left out. */
    readonly within: (namespace: string, selector: Field) => readonly PodHolder[];
    /** The stack's namespaces that the selector may select. */
    readonly namespaces: (selector: Field) => readonly string[];
}

/** The label by which Kubernetes itself says a namespace's name. */
export const NAME_LABEL = "kubernetes.io/metadata.name";

/** Labels of pods that controllers and admission write, over whatever the template says; their values aren't known beforehand. */
const WRITTEN_BY_CLUSTER = /^(pod-template-hash|pod-template-generation|controller-revision-hash|controller-uid|job-name)$|^(?!app\.)([a-z0-9-]+\.)*(kubernetes|k8s)\.io\//;

/** Keys beside the labels themselves, which have a `=`. */
const [ALL, UNREADABLE] = ["all", "unreadable"];

const writtenByCluster = (key: string): boolean => WRITTEN_BY_CLUSTER.test(key);

function maySelect(selector: Field, pod: PodHolder): boolean {
    const labels = labelsIn(pod.labels);
    return labels === undefined || selects(selector, labels, writtenByCluster) !== false;
}

export function directoryOf(stack: Stack): Directory {
    const shelves = groupBy(stack.pods, (pod) => {
        const labels = labelsIn(pod.labels);
        const own = labels === undefined ? [UNREADABLE] : Object.entries(labels).map(([key, value]) => `${key}=${value}`);
        return [ALL, ...own].map((shelf) => `${String(pod.namespace)}/${shelf}`);
    });
    const onShelf = (namespace: string, shelf: string): readonly PodHolder[] => shelves.get(`${namespace}/${shelf}`) ?? [];
    const within = (namespace: string, selector: Field): readonly PodHolder[] => {
        const demanded = Object.entries(demandedBy(selector)).filter(([key]) => !writtenByCluster(key)).map(([key, value]) => onShelf(namespace, `${key}=${value}`));
        const [fewest = onShelf(namespace, ALL)] = demanded.sort((one, other) => one.length - other.length);
        const unreadable = demanded.length === 0 ? [] : onShelf(namespace, UNREADABLE);
        return [...fewest, ...unreadable].filter((pod) => isUnset(selector.value) || maySelect(selector, pod));
    };
    const labelsOf = namespacesOf(stack);
    const namespaces = (selector: Field) => [...labelsOf].filter(([name, labels]) => {
        const unknown = labels === undefined ? (key: string) => key !== NAME_LABEL : undefined;
        return selects(selector, { ...labels, [NAME_LABEL]: name }, unknown) !== false;
    });
    return { within, namespaces: (selector) => namespaces(selector).map(([name]) => name) };
}

/** Labels of the stack's namespaces; undefined where they can't be told, because a namespace is declared elsewhere, twice or unreadably. */
function namespacesOf({ pods, resources }: Stack): Map<string, Labels | undefined> {
    const labels = new Map<string, Labels | undefined>();
    for (const namespace of resources.filter(({ type }) => kindOfType(type) === "Namespace")) {
        const name = String(metadata(namespace, "name"));
        labels.set(name, labels.has(name) ? undefined : labelsIn(fieldOf(namespace.props, "metadata", "labels")));
    }
    for (const name of pods.map(({ namespace }) => String(namespace)).filter((used) => !labels.has(used))) {
        labels.set(name, undefined);
    }
    return labels;
}
