import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { imageReference } from "../config/image";
import type { Config } from "../config/schema";
import { COMMON_LABELS } from "../names";
import { defaultDeny, podSecurityLabels } from "../namespace";
import { configMapOf, LOADER, loaderPodTemplate } from "./pod";
import type { Profiles } from "./profiles";

export interface AppArmorArgs extends Pick<Config, "apparmor" | "imageRegistry" | "tolerations"> {
    readonly profiles: Profiles;
}

const SELECTOR = { "app.kubernetes.io/name": LOADER };
const LABELS = { ...SELECTOR, ...COMMON_LABELS };

/**
 * Puts the AppArmor profiles on every node: a DaemonSet in a namespace of its own, because hostPath and uid 0 are beyond what the
 * sandbox admits. It counts as ready on a node once that node has every profile in enforce mode; a rollout of workloads waits for that.
 */
export class AppArmor extends pulumi.ComponentResource {
    public constructor(name: string, { apparmor, imageRegistry, tolerations, profiles }: AppArmorArgs, options: pulumi.ComponentResourceOptions) {
        super("wikifunctions:index:AppArmor", name, {}, options);
        const { namespace } = apparmor;
        const metadata = (objectName: string) => ({ name: objectName, namespace, labels: LABELS });
        // Pod Security's baseline already refuses hostPath. Auditing and warning at a lower level would only repeat what is intended.
        const space = new k8s.core.v1.Namespace(name, {
            metadata: { name: namespace, labels: { ...COMMON_LABELS, ...podSecurityLabels("privileged") } },
        }, { parent: this });
        const within = { parent: this, dependsOn: [space] };
        const deny = new k8s.networking.v1.NetworkPolicy(`${name}-default-deny`, defaultDeny(namespace), within);
        const account = new k8s.core.v1.ServiceAccount(name, { metadata: metadata(LOADER), automountServiceAccountToken: false }, within);
        const names = profiles.all.map((profile) => profile.name);
        const texts = new k8s.core.v1.ConfigMap(name, {
            metadata: metadata(configMapOf(names)),
            data: Object.fromEntries(profiles.all.map((profile) => [profile.name, profile.text])),
            // New profiles replace the object, which protection would forbid.
        }, { ...within, protect: false });
        new k8s.apps.v1.DaemonSet(name, {
            metadata: metadata(LOADER),
            spec: {
                selector: { matchLabels: SELECTOR },
                updateStrategy: { type: "RollingUpdate", rollingUpdate: { maxUnavailable: "25%" } },
                template: loaderPodTemplate({
                    labels: LABELS,
                    image: imageReference(imageRegistry, apparmor.image),
                    profiles: names,
                    nodeSelector: apparmor.nodeSelector,
                    tolerations: [...tolerations, ...apparmor.tolerations],
                }),
            },
        }, { parent: this, dependsOn: [space, deny, account, texts] });
        this.registerOutputs();
    }
}
