import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { REPOSITORY } from "../../lab/paths";
import type { Measure } from "../../policy/rules/rule";

/** A change of the program that a preview with the pack must block. */
export interface Relaxation {
    readonly measure: Measure;
}

export const RELAXATIONS = "test/cluster/relaxations.ts";
export const RELAXATIONS_TEST = "test/cluster/relaxations.test.ts";

/** The relaxations that are tried through the real CLI. */
export function relaxations(): readonly Relaxation[] {
    const file = path.join(REPOSITORY, RELAXATIONS);
    return existsSync(file) ? (createRequire(__filename)(file) as { readonly relaxations: readonly Relaxation[] }).relaxations : [];
}
