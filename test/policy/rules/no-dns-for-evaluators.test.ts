import { UNKNOWN } from "../../../policy/model/resource";
import { noDnsForEvaluators } from "../../../policy/rules/no-dns-for-evaluators";
import { evaluator, orchestrator } from "../fixtures";
import { change, judge, POD } from "../harness";

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
    { good: change(orchestrator, `${POD}.dnsConfig.nameservers`, ["2001:db8::53"]), posture: { nameserver: "2001:db8::53" }, blocks: { "the resolver of another stack": [`${POD}.dnsConfig.nameservers`, ["10.96.0.10"], `${POD}.dnsConfig.nameservers[0]`] } },
    {
        good: orchestrator,
        blocks: {
            "the cluster's resolver": [`${POD}.dnsPolicy`, "ClusterFirst"],
            "a resolver that nobody has approved": [`${POD}.dnsConfig.nameservers`, ["8.8.8.8"], `${POD}.dnsConfig.nameservers[0]`],
            "a resolver whose address is a number": [`${POD}.dnsConfig.nameservers`, [10], `${POD}.dnsConfig.nameservers[0]`],
            "an unknown resolver": [`${POD}.dnsConfig.nameservers`, [UNKNOWN], `${POD}.dnsConfig.nameservers[0]`],
            "an address after something else": [`${POD}.dnsConfig.nameservers`, ["https://10.96.0.10"], `${POD}.dnsConfig.nameservers[0]`],
            "an address before something else": [`${POD}.dnsConfig.nameservers`, ["10.96.0.10/path"], `${POD}.dnsConfig.nameservers[0]`],
            "a name for a resolver": [`${POD}.dnsConfig.nameservers`, ["resolver.example.org"], `${POD}.dnsConfig.nameservers[0]`],
        },
    },
);
