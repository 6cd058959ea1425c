/** The embedded cluster for code: what tests and the commands are made of. */
export { haltCluster, removeCluster, startCluster, type Cluster } from "./cluster";
export { folders, labEnvironment, type LabEnvironment } from "./environment";
export { ensureNode, isNodeBuilt, missingForNode } from "./node";
export { ensureToolchain, type Toolchain } from "./toolchain";
