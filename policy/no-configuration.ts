import { AnalyzerInfo, ConfigureAnalyzerRequest } from "@pulumi/pulumi/proto/analyzer_pb";

/**
 * Has the pack say that it takes no configuration. Pulumi then refuses `--policy-pack-config`, which could make a rule advisory or
 * switch it off: a rule that is off can't report that it is. The SDK knows no option for this and always says yes, so it is told here
 * that what it says is no; `test/cluster/pack-config.test.ts` holds Pulumi to it.
 *
 * Nor does it take any that comes all the same: the pack answers whoever finds its port, and the program that it judges can.
 */
export function takeNoConfiguration(): void {
    const say = AnalyzerInfo.prototype.setSupportsconfig;
    AnalyzerInfo.prototype.setSupportsconfig = function (this: AnalyzerInfo) {
        return say.call(this, false);
    };
    const read = ConfigureAnalyzerRequest.prototype.getPolicyconfigMap;
    ConfigureAnalyzerRequest.prototype.getPolicyconfigMap = function () {
        return read.call(new ConfigureAnalyzerRequest());
    };
}
