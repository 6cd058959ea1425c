import { UNKNOWN } from "../../../policy/model/resource";
import { dropAllCapabilities } from "../../../policy/rules/drop-all-capabilities";
import { evaluator, loader } from "../fixtures";
import { CONTEXT, judge } from "../harness";

judge(
    dropAllCapabilities,
    {
        good: evaluator,
        passes: { "an empty list of additions": [[`${CONTEXT}.capabilities.add`, []]] },
        blocks: {
            "nothing dropped": [`${CONTEXT}.capabilities`, undefined, `${CONTEXT}.capabilities.drop`],
            "only some dropped": [`${CONTEXT}.capabilities.drop`, ["NET_RAW", "SYS_ADMIN"]],
            "\"all\" in small letters, which not every runtime reads": [`${CONTEXT}.capabilities.drop`, ["all"]],
            "the text \"ALL\" instead of a list": [`${CONTEXT}.capabilities.drop`, "ALL"],
            "a capability added": [`${CONTEXT}.capabilities.add`, ["NET_BIND_SERVICE"], `${CONTEXT}.capabilities.add[0]`],
            "the loader's capability": [`${CONTEXT}.capabilities.add`, ["MAC_ADMIN"], `${CONTEXT}.capabilities.add[0]`],
            "unknown additions": [`${CONTEXT}.capabilities.add`, UNKNOWN, `${CONTEXT}.capabilities.add[?]`],
        },
    },
    {
        good: loader,
        blocks: { "a capability beyond its own": [`${CONTEXT}.capabilities.add`, ["MAC_ADMIN", "SYS_ADMIN"], `${CONTEXT}.capabilities.add[1]`] },
    },
);
