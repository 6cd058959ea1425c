import type { Finding } from "./finding";

const KEEP = "to keep it, take it into infra/ or the stack's file";

/** What to do about each kind of difference, in words; `UP` stands for the command that makes the cluster as the program says. */
const REPAIRS: Readonly<Record<Finding["what"], string>> = {
    missing: "UP makes it again; if it isn't wanted any more, take it out of infra/ or the stack's file",
    changed: `UP puts the program's value back; ${KEEP}`,
    added: `Pulumi leaves it alone: take it away with kubectl edit; ${KEEP}`,
    unmanaged: "Pulumi knows nothing of it: take it away with kubectl delete; to keep it, take it into infra/ and pulumi import it",
    removed: "UP deletes it; to keep it, put it back into infra/ or the stack's file",
    violation: "mend infra/ or the stack's file as the message says; docs/rules.md tells more",
    state: "UP writes what the program says into the state, once the program passes",
};

/** How to repair a kind of difference in a stack. */
export function repairOf(what: Finding["what"], stack: string): string {
    return REPAIRS[what].replace("UP", `pulumi up --refresh --stack ${stack} --policy-pack policy`);
}
