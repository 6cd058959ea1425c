import type { Rule } from "../rules/rule";
import { ruleOf } from "./restricted/control";
import { controls } from "./restricted/controls";

/** Sets of rules that other tools have too, so that results compare. */
export const profiles: Readonly<Record<string, readonly Rule[]>> = {
    restricted: controls.map(ruleOf),
};
