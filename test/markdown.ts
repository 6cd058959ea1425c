/** One line of a fenced `sh` block. */
export interface Command {
    /** Heading of the first or second level under which it stands. */
    readonly section: string;
    readonly command: string;
}

/** What a document tells its readers to type, in its order. */
export function commandsIn(markdown: string): Command[] {
    const commands: Command[] = [];
    let [section, inside] = ["", false];
    for (const line of markdown.split("\n")) {
        if (line.startsWith("```")) {
            inside = line === "```sh";
        } else if (inside) {
            commands.push({ section, command: line });
        } else {
            section = /^##? (.+)$/.exec(line)?.[1] ?? section;
        }
    }
    return commands;
}

/** Targets of a document's links. */
export function linksIn(markdown: string): string[] {
    return [...markdown.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = ""]) => target);
}
