import { noPrivilegeEscalation } from "../../../policy/rules/no-privilege-escalation";
import { evaluator } from "../fixtures";
import { CONTEXT, judge } from "../harness";

judge(noPrivilegeEscalation, {
    good: evaluator,
    blocks: {
        "escalation allowed": [`${CONTEXT}.allowPrivilegeEscalation`, true],
        "the field left out": [`${CONTEXT}.allowPrivilegeEscalation`, undefined],
        "null, which means left out": [`${CONTEXT}.allowPrivilegeEscalation`, null],
        "the text \"false\"": [`${CONTEXT}.allowPrivilegeEscalation`, "false"],
    },
});
