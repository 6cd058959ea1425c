import { noDnsForEvaluators } from "../../policy/rules/no-dns-for-evaluators";
import { evaluator, orchestrator } from "./fixtures";
import { judge, POD } from "./harness";

judge(
    noDnsForEvaluators,
    {
        good: evaluator,
        blocks: {
            "the cluster's resolver": [`${POD}.dnsPolicy`, "ClusterFirst"],
            "the cluster's resolver by default": [`${POD}.dnsPolicy`, undefined],
            "a resolver": [`${POD}.dnsConfig.nameservers`, ["10.96.0.10"], `${POD}.dnsConfig.nameservers[0]`],
            "a second resolver": [`${POD}.dnsConfig.nameservers`, ["127.0.0.1", "10.96.0.10"], `${POD}.dnsConfig.nameservers[1]`],
            "no resolver stated": [`${POD}.dnsConfig`, undefined, `${POD}.dnsConfig.nameservers`],
            "search domains": [`${POD}.dnsConfig.searches`, ["example.org"]],
        },
    },
    {
        good: orchestrator,
        blocks: {
            "the cluster's resolver": [`${POD}.dnsPolicy`, "ClusterFirst"],
            "a name for a resolver": [`${POD}.dnsConfig.nameservers`, ["resolver.example.org"], `${POD}.dnsConfig.nameservers[0]`],
        },
    },
);
