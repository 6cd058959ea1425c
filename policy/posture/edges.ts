import type { PostureFile } from "./posture";

/** What a posture says of the network that can't be meant, in words. The schema can't tell, because it is about names that have to agree. */
export function contradictionsIn({ services, parties, edges }: Omit<PostureFile, "$schema">): string[] {
    const known = (name: string) => Object.hasOwn(services, name) || Object.hasOwn(parties, name);
    return [
        ...Object.keys(parties).filter((name) => Object.hasOwn(services, name)).map((name) => `parties.${name} has the name of a service`),
        ...edges.flatMap(({ from, to }, index) => [from, to].filter((name) => !known(name)).map((name) => `edges[${String(index)}] names ${name}, which is neither a service nor a party`)),
        ...edges.flatMap(({ from, to }, index) => (services[from]?.role === "evaluator" && !Object.hasOwn(services, to) ? [`edges[${String(index)}] leads from the evaluator ${from} out of the sandbox to ${to}, which nobody can approve`] : [])),
        ...edges.flatMap(({ from, to }, index) => (Object.hasOwn(services, from) || Object.hasOwn(services, to) ? [] : [`edges[${String(index)}] neither starts nor ends in the sandbox`])),
    ];
}
