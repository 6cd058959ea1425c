import { read } from "../../../policy/manifests/read";
import { manifestsIn, type Manifest } from "../../../policy/manifests/to-resource";

/** The objects of a file's text. */
export function manifestsOf(text: string, file = "f", isLive = false): Manifest[] {
    return [...read(file, Buffer.from(text))].flatMap((content) => [...manifestsIn(content, isLive)]);
}

/** A pod that the restricted level and every rule without a posture accept. */
export const GOOD = `apiVersion: v1
kind: Pod
metadata:
  name: good
  namespace: prod
spec:
  serviceAccountName: good
  automountServiceAccountToken: no
  enableServiceLinks: off
  securityContext:
    runAsNonRoot: yes
    runAsUser: 0x384
    runAsGroup: 01604
    seccompProfile: {type: RuntimeDefault}
  containers:
    - name: main
      image: registry.example.org/good:1
      resources:
        requests: {cpu: 1, memory: 64Mi, ephemeral-storage: 64Mi}
        limits: {cpu: 1, memory: 64Mi, ephemeral-storage: 64Mi}
      securityContext:
        allowPrivilegeEscalation: false
        readOnlyRootFilesystem: on
        capabilities: {drop: [ALL]}
`;

/** The same with one relaxation, in line 23. */
export const BAD = GOOD.replace("name: good", "name: bad").replace("        allowPrivilegeEscalation: false\n", "        allowPrivilegeEscalation: false\n        privileged: yes\n");
export const BAD_LINE = 23;
