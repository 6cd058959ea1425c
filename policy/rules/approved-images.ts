import { describeName } from "../model/message";
import { forEachContainer } from "../model/pod";
import { parseImage } from "../model/image";
import { field, type Field } from "../model/read";
import type { Violation } from "../model/violation";
import type { Posture } from "../posture/posture";
import { demand, unsetOr } from "./kit/demand";
import { cis, kubernetes } from "./kit/references";
import type { ResourceRule } from "./rule";

export const approvedImages: ResourceRule = {
    scope: "resource",
    name: "approved-images",
    measures: ["admission"],
    severity: "critical",
    needs: "posture",
    description: "Every container runs an image of the approved registry, by a fixed tag or, where the posture asks for it, by digest.",
    rationale: "Whoever chooses the image chooses the program: the other measures then guard something nobody has looked at. A tag can be moved to other contents.",
    remediation: "Use an image from below the posture's imageRepositories, and name its digest; let the node fetch it.",
    references: [kubernetes("concepts/containers/images/"), cis("5.5.1")],
    check: (resource, posture) =>
        forEachContainer(resource, (container) => [
            ...judge(field(container, "image"), posture),
            // Then the node runs whatever somebody has put there under the name.
            ...demand(field(container, "imagePullPolicy"), "IfNotPresent, Always or left out", unsetOr("", "IfNotPresent", "Always")),
        ]),
};

function judge(reference: Field, { imageRepositories, requireDigests }: Posture): Violation[] {
    const image = parseImage(reference.value);
    const wrong = (must: string) => [{ path: reference.path, is: describeName(reference.value), must }];
    if (image === undefined || !imageRepositories.some((prefix) => image.repository.startsWith(prefix))) {
        return wrong(`an image of ${imageRepositories.join(", ")}`);
    }
    if (requireDigests && image.digest === undefined) {
        return wrong("an image with its digest, @sha256:…");
    }
    const fixed = image.digest !== undefined || (image.tag !== undefined && image.tag !== "latest");
    return fixed ? [] : wrong("an image with a digest, or a tag other than latest");
}
