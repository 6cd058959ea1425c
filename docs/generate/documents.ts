import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { REPOSITORY } from "../../cli/repository";
import { attacksNow } from "../../evidence/attacks";
import { admissionPage } from "./admission-page";
import { attacksPage } from "./attacks-page";
import { gvisorPage } from "./gvisor-page";
import { measuresPage, measuresTable } from "./measures";
import { ordersPage } from "./orders";
import { partOf, withPart } from "./part";
import { rulesPage } from "./rules";

export const README = "README.md";
export const RULES = "docs/rules.md";
export const ADMISSION = "docs/admission.md";
export const GVISOR = "docs/gvisor.md";
export const ORDERS = "docs/orders.md";
export const MEASURES = "docs/measures.md";
export const ATTACKS = "docs/attacks.md";
const MEASURES_PART = "measures";
const SAMPLE_PART = "blocked";

/** A file that is generated, whole or in parts. */
export interface Document {
    /** Path in the repository. */
    readonly file: string;
    readonly text: string;
}

/** What a file of the repository says now; nothing where it isn't there. */
export function current(file: string): string {
    const target = path.join(REPOSITORY, file);
    return existsSync(target) ? readFileSync(target, "utf8") : "";
}

/** The blocked preview that the README shows now. */
export const currentSample = (): string => partOf(current(README), SAMPLE_PART);

/** Everything as it should be. @param sample blocked preview; the README's own where no new one was made */
export function documents(sample: string = currentSample()): Document[] {
    const parts = { [MEASURES_PART]: measuresTable(), [SAMPLE_PART]: sample };
    const readme = Object.entries(parts).reduce((text, [name, part]) => withPart(text, name, part), current(README));
    return [
        { file: README, text: readme },
        { file: MEASURES, text: measuresPage() },
        { file: ATTACKS, text: attacksPage(attacksNow()) },
        { file: RULES, text: rulesPage() },
        { file: ORDERS, text: ordersPage() },
        { file: ADMISSION, text: admissionPage() },
        { file: GVISOR, text: gvisorPage() },
    ];
}

/** Those that aren't what they should be. @param read what a file says now */
export function stale(wanted: readonly Document[], read: (file: string) => string = current): string[] {
    return wanted.filter(({ file, text }) => read(file) !== text).map(({ file }) => file);
}
