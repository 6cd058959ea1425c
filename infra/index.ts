import { Admission } from "./admission";
import { AppArmor } from "./apparmor/loader";
import { renderProfiles } from "./apparmor/profiles";
import { checkCluster } from "./cluster-id";
import { loadConfig } from "./config";
import { evaluatorsOf } from "./config/demand";
import { checkDeployer } from "./deployer";
import { Evaluator } from "./evaluator";
import { evaluatorName, ORCHESTRATOR } from "./names";
import { Network } from "./network";
import { edges } from "./network/edges";
import { Orchestrator } from "./orchestrator";
import { clusterProvider } from "./provider";
import { RuntimeClasses } from "./runtime-classes";
import { Sandbox } from "./sandbox";

/** Pulumi calls and awaits it. */
export = async (): Promise<void> => {
    // What may be wrong is found before the first resource.
    const config = loadConfig();
    const profiles = renderProfiles();
    await checkCluster(config);
    await checkDeployer(config);

    const cluster = { provider: clusterProvider(config.kubeContext) };
    // Children inherit it.
    const measures = { ...cluster, protect: config.protect };

    const sandbox = new Sandbox("sandbox", config, measures);
    const network = new Network("network", { namespace: config.namespace, edges: edges(config) }, { ...cluster, dependsOn: [sandbox] });
    const admission = new Admission("admission", { config, profiles, priorityClass: sandbox.priorityClass }, { ...measures, dependsOn: [sandbox] });
    const appArmor = new AppArmor("apparmor", { ...config, profiles }, measures);
    const runtimeClasses = new RuntimeClasses("runtime-classes", config, cluster);

    // No workload before all that confines it.
    const confined = { ...cluster, dependsOn: [sandbox, network, admission, appArmor, runtimeClasses] };
    const surroundings = { ...config, priorityClass: sandbox.priorityClass };

    new Orchestrator(ORCHESTRATOR, { config, surroundings, appArmorProfile: profiles.nameOf(ORCHESTRATOR) }, confined);

    for (const { language, config: evaluator } of evaluatorsOf(config)) {
        const name = evaluatorName(language);
        new Evaluator(name, { config: evaluator, imageRegistry: config.imageRegistry, surroundings, appArmorProfile: profiles.nameOf(name) }, confined);
    }
};
