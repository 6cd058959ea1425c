import { isLoader } from "../posture/loader";
import { describeName } from "../model/message";
import { forEachContainer, type PodHolder } from "../model/pod";
import { parseImage } from "../model/image";
import { field, type Field } from "../model/read";
import { serviceOf } from "../posture/service";
import type { Posture } from "../posture/posture";
import { demand, onFloor, unsetOr } from "./kit/demand";
import { cis, kubernetes } from "./kit/references";
import type { Violation } from "../model/violation";
import type { ResourceRule } from "./rule";

export const approvedImages: ResourceRule = {
    scope: "resource",
    name: "approved-images",
    measures: ["admission"],
    severity: "critical",
    needs: "posture",
    waivable: true,
    description: "Every container runs the approved image of its service, by a fixed tag or, where the posture asks for it, by digest.",
    rationale: "Whoever chooses the image chooses the program: the other measures then guard something nobody has looked at. A tag can be moved to other contents.",
    remediation: "Use the image that the stack's posture approves for this service, and name its digest; let the node fetch it.",
    references: [kubernetes("concepts/containers/images/"), cis("5.5.1")],
    check: (resource, posture) =>
        forEachContainer(resource, (container) => [
            ...judge(field(container, "image"), approvedFor(container.pod, posture), posture),
            // Then the node runs whatever somebody has put there under the name.
            ...onFloor(demand(field(container, "imagePullPolicy"), "IfNotPresent, Always or left out", unsetOr("", "IfNotPresent", "Always"))),
        ]),
};

function judge(reference: Field, approved: string | undefined, { requireDigests }: Posture): Violation[] {
    const image = parseImage(reference.value);
    const wrong = (must: string) => [{ path: reference.path, is: describeName(reference.value), must }];
    if (image === undefined || image.repository !== approved) {
        return wrong(approved === undefined ? "absent, because this workload is not an approved service" : `an image of ${approved}`);
    }
    if (requireDigests && image.digest === undefined) {
        return wrong(`an image of ${approved} with its digest, @sha256:…`);
    }
    const fixed = image.digest !== undefined || (image.tag !== undefined && image.tag !== "latest");
    return fixed ? [] : wrong(`an image of ${approved} with a digest, or a tag other than latest`);
}

function approvedFor(pod: PodHolder, posture: Posture): string | undefined {
    return isLoader(pod, posture) ? posture.loaderImage : serviceOf(pod, posture)?.image;
}
