import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { REPOSITORY } from "../../../cli/repository";
import { measure, succeed, type Figure } from "./figure";
import { VIOLATIONS } from "./manifests";

const MANIFEST = `apiVersion: apps/v1
kind: Deployment
metadata: { name: NAME, namespace: bench }
spec:
  replicas: 2
  selector:
    matchLabels: { app: NAME }
  template:
    metadata:
      labels: { app: NAME }
    spec:
      serviceAccountName: NAME
      automountServiceAccountToken: false
      securityContext:
        runAsNonRoot: true
        runAsUser: 1000
        runAsGroup: 1000
        seccompProfile: { type: RuntimeDefault }
      containers:
        - name: main
          image: registry.example.org/bench:1
          ports:
            - containerPort: 8080
          env:
            - name: LOG_LEVEL
              value: info
          resources:
            requests: { cpu: 100m, memory: 64Mi }
            limits: { cpu: "1", memory: 128Mi }
          securityContext:
            allowPrivilegeEscalation: false
            readOnlyRootFilesystem: true
            capabilities: { drop: [ALL] }
`;

/** How long `npm run check` takes for so many Deployments in one file, each with violations. */
export async function checks(counts: readonly number[], rounds: number): Promise<Figure[]> {
    const folder = await mkdtemp(path.join(tmpdir(), "wikifunctions-check-"));
    try {
        const figures: Figure[] = [];
        for (const count of counts) {
            const file = path.join(folder, `${String(count)}.yaml`);
            await writeFile(file, Array.from({ length: count }, (_, index) => MANIFEST.replaceAll("NAME", `bench-${String(index)}`)).join("---\n"));
            figures.push(await measure(`check, ${count.toLocaleString("en")} manifests`, rounds, () => succeed("npm", ["run", "--silent", "check", "--", file], { cwd: REPOSITORY, stdout: "ignore", all: false }, VIOLATIONS)));
        }
        return figures;
    } finally {
        await rm(folder, { recursive: true, force: true });
    }
}
