import { selinuxOptions } from "../../../policy/rules/selinux-options";
import { evaluator } from "../fixtures";
import { CONTEXT, judge, POD_CONTEXT } from "../harness";

judge(selinuxOptions, {
    good: evaluator,
    passes: {
        "a confined type": [[`${CONTEXT}.seLinuxOptions`, { type: "container_t" }]],
        "options that are left empty": [[`${CONTEXT}.seLinuxOptions`, { type: "", user: "", role: "", level: "" }]],
        "a confined type for the pod": [[`${POD_CONTEXT}.seLinuxOptions`, { type: "container_kvm_t" }]],
    },
    blocks: {
        "an unconfined type": [`${CONTEXT}.seLinuxOptions.type`, "spc_t"],
        "a wider type that the standards still allow": [`${CONTEXT}.seLinuxOptions.type`, "container_engine_t"],
        "an unconfined type for the pod": [`${POD_CONTEXT}.seLinuxOptions.type`, "unconfined_t"],
        "a user": [`${CONTEXT}.seLinuxOptions.user`, "system_u"],
        "a role": [`${POD_CONTEXT}.seLinuxOptions.role`, "sysadm_r"],
        "a level shared with others": [`${CONTEXT}.seLinuxOptions.level`, "s0"],
    },
});
