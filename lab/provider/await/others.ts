import { nameOf, namespaceOf } from "../object";
import { at, equal, isMap, listAt, textAt } from "../values";
import { verdict, type Judge } from "./verdict";

const LOAD_BALANCER = "Waiting for the load balancer's IP address or hostname";

const hasAddress: Judge = (object) => verdict(listAt(object, "status", "loadBalancer", "ingress").length > 0, LOAD_BALANCER, ["The field status.loadBalancer got no IP address or hostname; does this cluster offer load balancers?"]);

/** Ready once the cluster leads traffic to whichever pods it selects, be there any or not. */
export const service: Judge = async (object, cluster) => {
    const type = textAt(object, "spec", "type");
    if (type === "LoadBalancer") {
        return hasAddress(object, cluster);
    }
    const selector = at(object, "spec", "selector");
    if (type === "ExternalName" || textAt(object, "spec", "clusterIP") === "None" || !isMap(selector) || Object.keys(selector).length === 0) {
        return verdict(true, "");
    }
    const slices = await cluster.list("discovery.k8s.io/v1", "EndpointSlice", namespaceOf(object), { "kubernetes.io/service-name": nameOf(object) });
    return verdict(slices.length > 0, "Waiting for the Service's endpoints", ["The Service has no EndpointSlice; is the controller manager running?"]);
};

export const ingress: Judge = hasAddress;

export const resourceQuota: Judge = (object) => {
    const isCounted = equal(at(object, "spec", "hard"), at(object, "status", "hard"));
    return verdict(isCounted, "Waiting for the ResourceQuota to be counted", ["The ResourceQuota is not counted; is the controller manager running?"]);
};

export const persistentVolume: Judge = (object) => {
    const phase = textAt(object, "status", "phase");
    return verdict(phase === "Available" || phase === "Bound", `Waiting for the PersistentVolume, which is ${phase}`, [`The PersistentVolume is ${phase}`]);
};

/** A claim that is bound only once a pod uses it is ready before. */
export const persistentVolumeClaim: Judge = async (object, cluster) => {
    const phase = textAt(object, "status", "phase");
    const storageClass = textAt(object, "spec", "storageClassName");
    const found = phase === "Bound" || storageClass === "" ? undefined : await cluster.get({ apiVersion: "storage.k8s.io/v1", kind: "StorageClass", metadata: { name: storageClass } }).catch(() => undefined);
    const isLate = textAt(found, "volumeBindingMode") === "WaitForFirstConsumer";
    return verdict(phase === "Bound" || isLate, `Waiting for the PersistentVolumeClaim to be bound, which is ${phase}`, [`The PersistentVolumeClaim is ${phase}`]);
};
