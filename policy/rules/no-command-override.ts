import { isLoader } from "../posture/loader";
import { forEachContainer } from "../model/pod";
import { field } from "../model/read";
import { demand, isEmpty, unsetOr } from "./kit/demand";
import { kubernetes } from "./kit/references";
import type { ResourceRule } from "./rule";

/** Where the images have the service, and start it. */
const WORKING_DIRECTORY = "/srv/service";

export const noCommandOverride: ResourceRule = {
    scope: "resource",
    name: "no-command-override",
    measures: ["admission", "time-limit", "memory"],
    severity: "critical",
    needs: "posture",
    description: "Every service runs the program of its image, as the image starts it.",
    rationale: "With a command of its own a container runs anything that its image holds, and a time limit or pool size given there replaces the one that was judged.",
    remediation: "Remove command, args and workingDir from the container, and stdin and tty; change the entry point in the image.",
    references: [kubernetes("tasks/inject-data-application/define-command-argument-container/")],
    check: (resource, posture) =>
        forEachContainer(resource, (container) =>
            // The loader's command is the one that its own rule demands.
            isLoader(container.pod, posture) ? [] : [
                ...["command", "args"].flatMap((name) => demand(field(container, name), "left out, so that the image decides", isEmpty)),
                // A program that the image names by a relative path is another one elsewhere, and some programs run what they read from a terminal.
                ...demand(field(container, "workingDir"), `${WORKING_DIRECTORY} or left out`, unsetOr("", WORKING_DIRECTORY)),
                ...["stdin", "stdinOnce", "tty"].flatMap((name) => demand(field(container, name), "false or left out", unsetOr(false))),
            ],
        ),
};
