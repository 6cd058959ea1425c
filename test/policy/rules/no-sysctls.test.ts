import { MALFORMED, UNKNOWN } from "../../../policy/model/resource";
import { noSysctls } from "../../../policy/rules/no-sysctls";
import { evaluator } from "../fixtures";
import { judge, POD_CONTEXT } from "../harness";

judge(noSysctls, {
    good: evaluator,
    passes: { "an empty list": [[`${POD_CONTEXT}.sysctls`, []]] },
    blocks: {
        "low ports for everyone": [`${POD_CONTEXT}.sysctls`, [{ name: "net.ipv4.ip_unprivileged_port_start", value: "0" }]],
        "an unknown list": [`${POD_CONTEXT}.sysctls`, UNKNOWN],
        "a list that can't be read": [`${POD_CONTEXT}.sysctls`, MALFORMED],
        "a number in its place": [`${POD_CONTEXT}.sysctls`, 0],
    },
});
