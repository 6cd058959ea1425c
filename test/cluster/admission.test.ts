import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";
import execa from "execa";
import { CAUGHT, caughtNow, summaryOf, type Caught, type Tried } from "../../evidence/admission";
import { RELEASE } from "../../lab/toolchain/release";
import { Base } from "../relaxations/base";
import { relaxations } from "../relaxations/edit";
import { BY_DEPLOYERS, BY_OTHERS, ON_A_POD, type Attempt } from "./admission";
import { POLICY, requestsOf, tryAs, tryAsDeployer, type Request } from "./admission-corpus";
import { Api } from "./api";
import { claim, CLAIMS } from "./claims";
import { TestCluster } from "./cluster";
import { AS_NODE_CONTROLLER } from "./node";
import { Program } from "./program";
import { skip } from "../missing";

/**
 * Fields that a release of Kubernetes 1.30 or newer doesn't have, or has switched off unless somebody asks for them: it drops them before
 * anybody judges the object, so that a deployer's request passes and changes nothing. Those of the corpus, by their ids.
 */
const DROPPED = ["contexts/new-name-of-host", "pod-fields/resize-policy", "pod-fields/selinux-relabels", "resources/pod-resources", "resources/resource-claim", "volumes/image"];
const OTHER = "someone";
const AS_OTHER = [`--as=${OTHER}`, "--as-group=system:masters"];
/** How long the API server may take to take a change of the policies to heart. Milliseconds. */
const TAKEN_IN = 5000;

const REVISION = "deployment.kubernetes.io/revision";

/** What controllers make, or look after. */
interface Made {
    readonly kind: string;
    readonly metadata: {
        readonly name: string;
        readonly generation?: number;
        readonly annotations?: Readonly<Record<string, string>>;
        readonly deletionTimestamp?: string;
        readonly ownerReferences?: readonly { readonly name: string }[];
    };
    readonly status?: { readonly observedGeneration?: number };
}

describe("the admission policies, on the embedded cluster", function () {
    this.timeout(600_000);
    let cluster: TestCluster;
    let program: Program;
    let api: Api;
    let base: Base;
    let pod: string;
    let requests: Request[];
    const tried: Tried[] = [];

    before(async function () {
        cluster = await TestCluster.start(this, "the admission policies on the embedded cluster");
        program = await Program.copy(cluster.env);
        api = new Api(cluster.env["KUBECONFIG"] ?? "");
        base = await Base.load();
        await pulumi("stack", "init", "local");
        await pulumi("up", "--stack", "local", "--policy-pack", "policy", "--yes");
        pod = await newPod("");
    });

    after(async () => {
        // Unset where the suite is skipped.
        (api as Api | undefined)?.close();
        await (program as Program | undefined)?.remove();
        await (cluster as TestCluster | undefined)?.stop();
    });

    async function pulumi(...args: readonly string[]): Promise<string> {
        const { exitCode, output } = await program.pulumi(...args);
        assert.equal(exitCode, 0, output);
        return output;
    }

    /** Waits until controllers have made an orchestrator's pod of its present template that isn't this one, and says of it what a kubelet would. */
    async function newPod(old: string): Promise<string> {
        for (let turn = 0; turn < 120; turn += 1, await delay(500)) {
            const replicaSet = await presentReplicaSet();
            const found = (await cluster.list<Made>("pods"))
                .find(({ metadata: { name, deletionTimestamp, ownerReferences } }) => name !== old && deletionTimestamp === undefined && ownerReferences?.[0]?.name === replicaSet);
            if (found !== undefined && replicaSet !== undefined) {
                await cluster.kubectl("patch", "pod", found.metadata.name, "-n", "wikifunctions", "--subresource=status", "--patch", '{"status":{"phase":"Running"}}', ...AS_NODE_CONTROLLER);
                return found.metadata.name;
            }
        }
        throw new Error("no controller made a pod");
    }

    /** The one whose pods stay, whatever becomes of those of earlier templates; undefined until controllers have seen the last change. */
    async function presentReplicaSet(): Promise<string | undefined> {
        const { metadata, status } = (await cluster.list<Made>("deployments")).find((each) => each.metadata.name === "orchestrator") ?? {};
        const made = (await cluster.list<Made>("replicasets")).find(({ metadata: { ownerReferences, annotations } }) =>
            ownerReferences?.[0]?.name === "orchestrator" && annotations?.[REVISION] === metadata?.annotations?.[REVISION]);
        return metadata !== undefined && status?.observedGeneration === metadata.generation ? made?.metadata.name : undefined;
    }

    async function kubectl(args: readonly string[], input?: unknown): Promise<{ exitCode: number; said: string }> {
        const { exitCode, all = "" } = await execa("kubectl", args.map((arg) => arg.replaceAll("POD", pod)), { env: cluster.env, all: true, reject: false, timeout: 30_000, input: input === undefined ? "" : JSON.stringify(input) });
        return { exitCode, said: all };
    }

    function attempt({ what, args, input, refusedBy }: Attempt, who: string, as: readonly string[]): void {
        it(`${who} ${what}: ${refusedBy === undefined ? "passes" : `is refused by ${refusedBy}`}`, async function () {
            if (args.includes("--subresource=resize") && !(await cluster.kubectl("get", "--raw", "/api/v1")).includes('"pods/resize"')) {
                skip(this, "an attempt to resize a pod", "pods/resize, which Kubernetes has since 1.33", "a newer release");
            }
            const { exitCode, said } = await kubectl([...as, ...args], input);
            assert.equal(exitCode === 0, refusedBy === undefined, said);
            assert.match(said, refusedBy === undefined ? /^/ : refusedBy === "Pod Security" ? /violates PodSecurity/ : new RegExp(`ValidatingAdmissionPolicy 'wikifunctions-(${refusedBy}|pods|services|replicas)' .* denied request`));
        });
    }

    [...BY_OTHERS, ...ON_A_POD].forEach((each) => { attempt(each, "another administrator", AS_OTHER); });
    it("let controllers make another pod", async () => { pod = await newPod(pod); });
    BY_DEPLOYERS.forEach((each) => { attempt(each, "the deployer", []); });

    for (const each of CLAIMS) {
        it(`the deployer ${each.what}: is refused, and whose work it is may`, async () => {
            const { code, body } = await claim(api, each, pod, { dryRun: false });
            assert.equal(code, 403, JSON.stringify(body));
            assert.match(JSON.stringify(body), /ValidatingAdmissionPolicy 'wikifunctions-objects'/);
            const allowed = await claim(api, each, pod, { as: each.whose, dryRun: true });
            assert.ok(allowed.code < 300, JSON.stringify(allowed.body));
        });
    }

    it("don't judge the dry runs of a preview, which other administrators' dry runs are not", async () => {
        const looser = ["set", "env", "deployment/orchestrator", "ORCHESTRATOR_TIMEOUT_MS=60000", "-n", "wikifunctions", "--dry-run=server"];
        assert.equal((await kubectl(looser)).exitCode, 0);
        assert.match((await kubectl([...AS_OTHER, ...looser])).said, /ValidatingAdmissionPolicy/);
    });

    it("let the stack's own update pass that brings another profile, image and limit", async () => {
        await program.edit(
            { file: "infra/apparmor/profiles/abstractions/evaluator", from: "  /srv/interpreters/{,**} r,", to: "  /srv/interpreters/python/{,**} r," },
            { file: "Pulumi.local.yaml", from: "limits: { cpu: 500m, memory: 512Mi", to: "limits: { cpu: 400m, memory: 500Mi" },
        );
        try {
            await pulumi("preview", "--stack", "local");
            await pulumi("up", "--stack", "local", "--yes", "--skip-preview");
        } finally {
            await program.restore({ file: "infra/apparmor/profiles/abstractions/evaluator", from: "", to: "" }, { file: "Pulumi.local.yaml", from: "", to: "" });
        }
        await pulumi("up", "--stack", "local", "--policy-pack", "policy", "--yes");
    });

    it("catch what docs/admission.md says of the corpus of relaxations", async () => {
        requests = await requestsOf(api, base, relaxations());
        assert.ok(requests.length > 200, String(requests.length));
        for (const request of requests) {
            tried.push({
                id: request.edit.id,
                rule: request.edit.rule ?? "",
                administrator: await tryAs(api, request, OTHER),
                deployer: await tryAsDeployer(api, base, request),
            });
        }
        const caught: Caught = summaryOf(tried);
        if (process.env["WRITE_ADMISSION"] !== undefined) {
            await writeFile(CAUGHT, `${JSON.stringify(caught, undefined, 2)}\n`);
        }
        if ((process.env[RELEASE] ?? "") !== "") {
            // Another release says some things in other words; what it lets pass is what counts.
            const told = caughtNow();
            const more = (side: "administrator" | "deployer"): string[] => caught[side].passing.filter((id) => !told[side].passing.includes(id));
            assert.deepEqual([more("administrator"), more("deployer").filter((id) => !DROPPED.includes(id))], [[], []]);
            return;
        }
        assert.deepEqual(JSON.parse(await readFile(CAUGHT, "utf8")), JSON.parse(JSON.stringify(caught)), "evidence/admission.json is stale: WRITE_ADMISSION=1 writes it");
    });

    describe("and without their bindings", () => {
        before(async () => {
            await cluster.kubectl("delete", "validatingadmissionpolicybindings", "--all");
            await delay(TAKEN_IN);
            pod = await newPod("");
        });

        it("none of it is refused by a policy, which shows that they refused it", async () => {
            for (const { what, args, input, refusedBy } of [...BY_OTHERS, ...ON_A_POD].filter((each) => each.refusedBy !== undefined && each.refusedBy !== "Pod Security")) {
                const { said } = await kubectl([...AS_OTHER, ...harmless(args)], input);
                assert.doesNotMatch(said, /ValidatingAdmissionPolicy/, `${what}: ${refusedBy ?? ""}`);
            }
        });

        for (const each of CLAIMS) {
            it(`nor that somebody else ${each.what}`, async () => {
                // The restart above, which kubectl has no dry run of, has replaced the last one.
                const { code, body } = await claim(api, each, await newPod(""), { dryRun: true, as: OTHER });
                assert.ok(code < 300, JSON.stringify(body));
            });
        }

        it("nor of the corpus", async () => {
            const before = tried.filter(({ administrator }) => administrator === POLICY);
            assert.ok(before.length > 150, String(before.length));
            let passing = 0;
            for (const request of requests) {
                const guard = await tryAs(api, request, OTHER);
                assert.ok(guard !== POLICY, `${request.edit.id}: ${guard ?? ""}`);
                passing += guard === undefined ? 1 : 0;
            }
            assert.ok(passing > 100, String(passing));
        });
    });
});

/** The same request, as a dry run where `kubectl` has one. */
function harmless(args: readonly string[]): readonly string[] {
    const [verb = "", second = "", ...rest] = args;
    if (second === "--raw" && verb === "delete") {
        return [verb, second, `${rest[0] ?? ""}?dryRun=All`];
    }
    const hasDryRun = ["scale", "set", "delete", "run", "create", "patch", "label"].includes(verb) && second !== "token";
    return hasDryRun ? [...args, "--dry-run=server"] : args;
}
