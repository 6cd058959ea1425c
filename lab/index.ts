/** The embedded cluster for code: what tests and the commands are made of. */
export { startCluster, removeCluster, type Cluster } from "./cluster";
export { folders, labEnvironment, type LabEnvironment } from "./environment";
export { ensureToolchain, type Toolchain } from "./toolchain";
