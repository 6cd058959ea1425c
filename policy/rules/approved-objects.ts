import { kindOfType, podsOf, type PodHolder } from "../model/pod";
import { parseQuantity } from "../model/quantity";
import { field, isUnset } from "../model/read";
import type { Resource } from "../model/resource";
import type { Violation } from "../model/violation";
import { mayBeAdded } from "../posture/approved/additions";
import { differencesOf, type Difference } from "../posture/approved/differences";
import { isApprovable } from "../posture/approved/file";
import { identityOf } from "../posture/approved/identity";
import { approvedFor } from "../posture/approved/lookup";
import { optionDifferences } from "../posture/approved/options";
import { kubernetes, pulumi } from "./kit/references";
import type { ResourceRule } from "./rule";

export const approvedObjects: ResourceRule = {
    scope: "resource",
    name: "approved-objects",
    measures: ["admission", "time-limit", "memory", "cpu", "network", "apparmor", "gvisor", "kata", "firecracker"],
    severity: "critical",
    needs: "posture",
    waivable: true,
    description: "Every object is approved for the stack, and each of its fields is as approved or, where docs/orders.md says so, tighter.",
    rationale: "Kubernetes, its controllers and plugins take orders from every field, label and annotation; one that nobody has looked at may undo a measure.",
    remediation: "Put it back, or have it approved: npm run posture -- approve STACK writes policy/approved/STACK.yaml, which a security reviewer has to approve.",
    references: [pulumi("iac/crossguard/"), kubernetes("concepts/overview/working-with-objects/")],
    check: (resource, posture) => {
        if (!isApprovable(resource)) {
            return [];
        }
        const approved = approvedFor(resource, posture);
        if (approved === undefined) {
            return mayBeAdded(resource, posture) ? [] : [notApproved(resource)];
        }
        const looser = differencesOf(approved, resource, posture).filter(isLooser);
        return [
            ...looser.map(({ path, is, must, isOrdered }) => ({ path, is, must: `${must}, as approved`, floor: !isOrdered })),
            ...optionDifferences(approved, resource).filter(isLooser).map(({ path, is, must }) => ({ path, is, must, floor: true })),
            ...guaranteed(approved, resource),
        ];
    },
};

function isLooser({ verdict }: Difference): boolean {
    return verdict === "looser";
}

function notApproved(resource: Resource): Violation {
    const kind = kindOfType(resource.type);
    const is = identityOf(resource) === undefined ? `that of a ${kind} whose name or namespace can't be read` : `that of a ${kind} that nobody has approved`;
    return { path: "its identity", is, must: "that of an approved object", floor: true };
}

/** Each amount may be lower, but not so that requests reach the limits: such a pod is Guaranteed, and is the last to go on a full node. */
function guaranteed(approved: Resource, now: Resource): Violation[] {
    const [before, after] = [podsOf(approved), podsOf(now)];
    return before === undefined || after === undefined || isGuaranteed(before) || !isGuaranteed(after)
        ? []
        : [{ path: `${after.containers[0]?.path ?? ""}.resources`, is: "requests that are the limits", must: "requests below the limits, as approved, so that the pod isn't Guaranteed", floor: true }];
}

function isGuaranteed({ containers }: PodHolder): boolean {
    return containers.every((container) => ["cpu", "memory"].every((name) => {
        const [request, limit] = ["requests", "limits"].map((bound) => field(container, "resources", bound, name).value) as [Resource["props"][string], Resource["props"][string]];
        // What isn't requested is requested up to the limit.
        return parseQuantity(limit) !== undefined && (isUnset(request) || parseQuantity(request) === parseQuantity(limit));
    }));
}
