/** Exit code of `npm run check` for violations. */
export const VIOLATIONS = 1;

/** A file of so many objects. */
export const many = (count: number, objectAt: (index: number) => string): string => Array.from({ length: count }, (_, index) => objectAt(index)).join("---\n");

/** One that has none of the measures. */
export const deployment = (index: number): string => `apiVersion: apps/v1
kind: Deployment
metadata: { name: d${String(index)}, namespace: bench }
spec:
  selector: { matchLabels: { app: d${String(index)} } }
  template:
    metadata: { labels: { app: d${String(index)} } }
    spec: { containers: [{ name: main, image: registry.example.org/bench:1 }] }
`;
