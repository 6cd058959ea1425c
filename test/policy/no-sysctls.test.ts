import { noSysctls } from "../../policy/rules/no-sysctls";
import { evaluator } from "./fixtures";
import { judge, POD_CONTEXT } from "./harness";

judge(noSysctls, {
    good: evaluator,
    passes: { "an empty list": [[`${POD_CONTEXT}.sysctls`, []]] },
    blocks: { "low ports for everyone": [`${POD_CONTEXT}.sysctls`, [{ name: "net.ipv4.ip_unprivileged_port_start", value: "0" }]] },
});
