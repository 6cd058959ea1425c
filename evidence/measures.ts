import type { Measure } from "../policy/model/violation";
import { rules } from "../policy/rules/index";
import type { Rule } from "../policy/rules/rule";
import { relaxations } from "./relaxations";

export const RELAXATIONS_TEST = "test/cluster/relaxations.test.ts";
export const GUARDS_TEST = "test/cluster/guards.test.ts";

export const ruleFile = ({ name }: Rule): string => `policy/rules/${name}.ts`;
export const ruleTest = ({ name }: Rule): string => `test/policy/rules/${name}.test.ts`;

export function rulesOf(measure: Measure): Rule[] {
    return rules.filter(({ measures }) => measures.includes(measure));
}

/** How many previews with the measure relaxed are tried, each of which has to be blocked. */
export function triedOn(measure: Measure): number {
    return relaxations.filter((relaxation) => relaxation.measure === measure).length;
}
