import { UNKNOWN } from "../../../policy/model/resource";
import { noDnsForEvaluators } from "../../../policy/rules/no-dns-for-evaluators";
import { evaluator, orchestrator } from "../fixtures";
import { judge, POD } from "../harness";

judge(
    noDnsForEvaluators,
    {
        good: evaluator,
        passes: { "a name that isn't approved, which another rule refuses": [["metadata.name", "evaluator-ruby"]] },
        blocks: {
            "the cluster's resolver": [`${POD}.dnsPolicy`, "ClusterFirst"],
            "the cluster's resolver by default": [`${POD}.dnsPolicy`, undefined],
            "a resolver": [`${POD}.dnsConfig.nameservers`, ["10.96.0.10"], `${POD}.dnsConfig.nameservers[0]`],
            "a second resolver": [`${POD}.dnsConfig.nameservers`, ["127.0.0.1", "10.96.0.10"], `${POD}.dnsConfig.nameservers[1]`],
            "twice the resolver that nobody answers": [`${POD}.dnsConfig.nameservers`, ["127.0.0.1", "127.0.0.1"]],
            "an empty list of resolvers": [`${POD}.dnsConfig.nameservers`, []],
            "no resolver stated": [`${POD}.dnsConfig`, undefined, `${POD}.dnsConfig.nameservers`],
            "search domains": [`${POD}.dnsConfig.searches`, ["example.org"]],
        },
    },
    {
        good: orchestrator,
        blocks: {
            "the cluster's resolver": [`${POD}.dnsPolicy`, "ClusterFirst"],
            "a resolver more": [`${POD}.dnsConfig.nameservers`, ["10.96.0.10", "8.8.8.8"]],
            "no resolver stated": [`${POD}.dnsConfig.nameservers`, undefined],
            "unknown resolvers": [`${POD}.dnsConfig.nameservers`, UNKNOWN],
            "search domains": [`${POD}.dnsConfig.searches`, ["example.org"]],
        },
    },
);
