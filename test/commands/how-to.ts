/** What a how-to has its reader do, or says that they will see; in its order. */
export type Step =
    | { readonly sort: "add" | "write"; readonly file: string; readonly text: string }
    | { readonly sort: "run"; readonly command: string }
    | { readonly sort: "see"; readonly exitCode: number; readonly rule: string | undefined; readonly lines: readonly string[] };

/** The steps of one section. @throws Error where a block can't be told */
export function stepsIn(section: string): Step[] {
    const steps: Step[] = [];
    for (const [, words = "", language = "", text = ""] of section.matchAll(/([^]*?)\n```(\w+)\n([^]*?)```\n/g)) {
        const said = words.trim().replaceAll("\n", " ");
        const file = /(?:Add to|into) `([^`]+)`:$/.exec(said)?.[1];
        if (language === "sh") {
            steps.push(...text.trim().split("\n").map((command): Step => ({ sort: "run", command })));
        } else if (language === "text") {
            const code = /ends with exit code (\d)/.exec(said)?.[1];
            if (code === undefined) {
                throw new Error(`No exit code is told before:\n${text}`);
            }
            steps.push({ sort: "see", exitCode: Number(code), rule: /blocked by `([a-z-]+)`:$/.exec(said)?.[1], lines: text.trimEnd().split("\n") });
        } else if (file !== undefined) {
            steps.push({ sort: language === "apparmor" ? "write" : "add", file, text });
        } else {
            throw new Error(`No file is told before:\n${text}`);
        }
    }
    return steps;
}

/** Sections by their headings. */
export function sectionsOf(markdown: string): Map<string, string> {
    return new Map(markdown.split(/^## /m).slice(1).map((section) => [section.slice(0, section.indexOf("\n")), section]));
}
