import { fieldOf, isObject, isUnset } from "../../model/read";
import type { Resource, Value } from "../../model/resource";
import { INHERITED } from "./table";

type Properties = { readonly [key: string]: Value };

/** The object with what its containers get from their pod said in each of them, as Kubernetes merges the two. */
export function asContainersHaveIt({ props }: Resource): Value {
    const template = inner(props, "spec", "template");
    const spec = inner(template, "spec");
    const [context, containers] = [inner(spec, "securityContext"), spec?.["containers"]];
    if (context === undefined || !Array.isArray(containers)) {
        return props;
    }
    const whole = { ...spec, containers: containers.map((container) => withContext(container, context)) };
    return { ...props, spec: { ...inner(props, "spec"), template: { ...template, spec: whole } } };
}

function inner(from: Properties | undefined, ...keys: readonly string[]): Properties | undefined {
    const { value } = fieldOf(from, ...keys);
    return isObject(value) ? value : undefined;
}

function withContext(container: Value, context: Properties): Value {
    if (!isObject(container) || !(isUnset(container["securityContext"]) || isObject(container["securityContext"]))) {
        return container;
    }
    const own = container["securityContext"] ?? {};
    const inherited = INHERITED.filter((key) => isUnset(own[key]) && !isUnset(context[key])).map((key) => [key, context[key]]);
    return { ...container, securityContext: { ...own, ...(Object.fromEntries(inherited) as Properties) } };
}
