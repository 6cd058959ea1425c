import { isLoader } from "../model/loader";
import { forEachContainer } from "../model/pod";
import { field } from "../model/read";
import { forbid } from "./demand";
import { kubernetes } from "./references";
import type { ResourceRule } from "./rule";

export const noCommandOverride: ResourceRule = {
    scope: "resource",
    name: "no-command-override",
    measures: ["admission", "time-limit", "memory"],
    severity: "critical",
    needs: "posture",
    description: "Every service runs the program of its image, as the image starts it.",
    rationale: "With a command of its own a container runs anything that its image holds, and a time limit or pool size given there replaces the one that was judged.",
    remediation: "Remove command and args from the container; change the entry point in the image.",
    references: [kubernetes("tasks/inject-data-application/define-command-argument-container/")],
    check: (resource, posture) =>
        forEachContainer(resource, (container) =>
            // The loader's command is the one that its own rule demands.
            isLoader(container.pod, posture) ? [] : ["command", "args"].flatMap((name) => forbid(field(container, name), "left out, so that the image decides")),
        ),
};
