import assert from "node:assert/strict";
import type { Edit } from "../../evidence/edit";
import { Deployed } from "./rollout/deployed";
import { momentsOf, objectsOf, type History, type Watched } from "./rollout/events";
import { load, type Served } from "./rollout/load";
import { gaps } from "./rollout/measures";
import { openings, widenings } from "./rollout/network";
import { SANDBOX, SERVICES } from "./rollout/sandbox";
import { outages } from "./rollout/serving";

const { namespace: NAMESPACE } = SANDBOX;
/** Enough to have asked while it went on. */
const LEAST_REQUESTS = 20;

interface Pod extends Watched {
    readonly spec: { readonly containers: readonly { readonly image: string; readonly securityContext: { readonly appArmorProfile: { readonly localhostProfile: string } } }[] };
}

/** What changes, and by what the pods of before and after are told apart, where there are new ones. */
const UPGRADES: readonly { readonly what: string; readonly edits: readonly Edit[]; readonly needsApproval?: true; readonly of?: (pod: Pod) => string | undefined; readonly rolled: readonly string[] }[] = [
    {
        what: "a new image",
        edits: [{ file: "Pulumi.local.yaml", from: "function-orchestrator, tag: 2026-08-19-122930", to: "function-orchestrator, tag: 2026-09-16-101112" }, { file: "Pulumi.local.yaml", from: "rusty-py, tag: 2026-08-19-122930", to: "rusty-py, tag: 2026-09-16-101112" }],
        of: (pod) => pod.spec.containers[0]?.image,
        rolled: ["orchestrator", "evaluator-python"],
    },
    {
        what: "a new AppArmor profile",
        edits: [{ file: "infra/apparmor/profiles/abstractions/never", from: "  deny capability,\n", to: "  deny capability,\n  deny /srv/secrets/{,**} mrwlkx,\n" }],
        of: (pod) => pod.spec.containers[0]?.securityContext.appArmorProfile.localhostProfile,
        rolled: SERVICES,
    },
    {
        what: "tightened NetworkPolicies",
        // One edge goes, and one is narrowed. What goes is also a setting of the orchestrator, which is approved as it stands.
        edits: [{ file: "Pulumi.local.yaml", from: "      reentrance: true\n", to: "" }, { file: "infra/network/edges.ts", from: ', tcp(config.dns.port)]', to: "]" }],
        needsApproval: true,
        rolled: [],
    },
];

describe("an upgrade under load, recorded by watches", function () {
    this.timeout(600_000);
    let deployed: Deployed;

    before(async function () { deployed = await Deployed.start(this, "upgrades on the embedded cluster"); });
    // Unset where the suite is skipped.
    after(() => (deployed as Deployed | undefined)?.stop());

    const podsIn = (objects: ReadonlyMap<string, Watched>): Pod[] => objectsOf(objects, "Pod", NAMESPACE) as Pod[];

    it("first of all, no pod is there before what confines it", async () => {
        const history = await deployed.recorded(() => deployed.up());
        assert.ok([...momentsOf(history)].length > 0 && podsIn(last(history)).length > 0, "no pod was recorded");
        assert.deepEqual(gaps(history, SANDBOX), []);
        assert.deepEqual(widenings(history, NAMESPACE), []);
    });

    for (const { what, edits, needsApproval, of, rolled } of UPGRADES) {
        describe(what, () => {
            let history: History;
            let served: Served;

            before(async () => {
                await deployed.program.edit(...edits);
                if (needsApproval === true) {
                    await deployed.program.approve("local");
                }
                const stop = load(deployed.cluster, NAMESPACE, SERVICES);
                history = await deployed.recorded(() => deployed.up());
                served = await stop();
            });

            it(rolled.length === 0 ? "leaves less open than before" : "is rolled out pod by pod", () => {
                const states = Array.from(momentsOf(history), ({ objects }) => ({ open: openings(objects, NAMESPACE), kinds: new Map(rolled.map((service) => [service, new Set(podsIn(objects).filter(({ metadata }) => metadata.name.startsWith(service)).map((pod) => of?.(pod)))])) }));
                const [first, end] = [states[0], states.at(-1)];
                if (rolled.length === 0) {
                    assert.ok(end !== undefined && end.open.size < (first?.open.size ?? 0) && [...end.open].every((opening) => first?.open.has(opening) === true), "nothing was tightened");
                }
                for (const service of rolled) {
                    assert.notDeepEqual(end?.kinds.get(service), first?.kinds.get(service), `${service} has no new pods`);
                    assert.ok(states.some(({ kinds }) => kinds.get(service)?.size === 2), `old and new pods of ${service} were never there together`);
                }
            });

            it("leaves no pod without a measure at any moment", () => {
                assert.deepEqual(gaps(history, SANDBOX), []);
            });

            it("opens nothing at any moment that isn't open before or after", () => {
                assert.deepEqual(widenings(history, NAMESPACE), []);
            });

            it("leaves every Service a ready pod at every moment, and each request finds one", () => {
                assert.deepEqual(outages(history, NAMESPACE, SERVICES), []);
                assert.deepEqual(served.failures, []);
                assert.deepEqual(Object.entries(served.requests).filter(([, count]) => count < LEAST_REQUESTS), []);
            });
        });
    }

    it("finds a default deny that is taken away for a moment", async () => {
        const policy = ["networkpolicy", "default-deny", "--namespace", NAMESPACE];
        const history = await deployed.recorded(async () => {
            const manifest = await deployed.cluster.kubectl("get", ...policy, "--output", "yaml");
            await deployed.cluster.kubectl("delete", ...policy);
            await deployed.cluster.create(manifest);
        });
        assert.match(gaps(history, SANDBOX).join("\n"), /^without the default deny after DELETED NetworkPolicy wikifunctions\/default-deny at revision \d+$/);
    });

    it("finds a Service that loses its pods for a moment", async () => {
        const stop = load(deployed.cluster, NAMESPACE, ["evaluator-lua"]);
        const history = await deployed.recorded(async () => {
            await deployed.cluster.kubectl("delete", "pods", "--namespace", NAMESPACE, "--selector", "app.kubernetes.io/instance=evaluator-lua");
            await deployed.cluster.kubectl("rollout", "status", "deployment/evaluator-lua", "--namespace", NAMESPACE, "--timeout", "60s");
        });
        assert.match(outages(history, NAMESPACE, SERVICES).join("\n"), /^evaluator-lua without a ready pod after [^\n]+$/);
        assert.ok((await stop()).failures.includes("evaluator-lua: no ready pod"));
    });
});

function last(history: History): ReadonlyMap<string, Watched> {
    let objects: ReadonlyMap<string, Watched> = new Map();
    for (const moment of momentsOf(history)) {
        ({ objects } = moment);
    }
    return objects;
}
