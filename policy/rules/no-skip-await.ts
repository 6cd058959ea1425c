import { forPod } from "../model/pod";
import { field, members } from "../model/read";
import { demand, unsetOr } from "./kit/demand";
import { pulumi } from "./kit/references";
import type { ResourceRule } from "./rule";

/** Annotations by which the provider waits less, or leaves things behind. */
const WAIT = ["pulumi.com/skipAwait", "pulumi.com/waitFor", "pulumi.com/deletionPropagationPolicy"];

export const noSkipAwait: ResourceRule = {
    scope: "resource",
    name: "no-skip-await",
    measures: ["apparmor", "admission"],
    severity: "medium",
    needs: "pulumi",
    description: "An update waits until what it made is ready, and a deletion until it is gone.",
    rationale: "Whoever doesn't wait starts workloads before the profiles and policies that they depend on are in force.",
    remediation: "Remove the annotation; only a stack whose posture allows it may set pulumi.com/skipAwait, and only on Deployments.",
    references: [pulumi("iac/clouds/kubernetes/guides/await-logic/")],
    check: (resource, posture) => {
        const isDeployment = forPod(resource, ({ kind }) => [kind]).includes("Deployment");
        return members(field({ path: "", value: resource.props }, "metadata", "annotations"))
            .filter(({ key }) => WAIT.includes(key) || key === "?")
            .filter(({ key }) => !(posture.allowSkipAwait && isDeployment && key === "pulumi.com/skipAwait"))
            .flatMap((annotation) => demand(annotation, "left out", annotation.key === "pulumi.com/skipAwait" ? unsetOr("false") : unsetOr()));
    },
};
