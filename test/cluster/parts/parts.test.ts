import assert from "node:assert/strict";
import { setTimeout as delay } from "node:timers/promises";
import { ClusterApi } from "../../../lab/cluster/api";
import { TestCluster } from "../cluster";
import { isRefused, OBJECTS, partsOf, TABLE, write, type Part } from "./part";
import { PEOPLE } from "./people";
import { admissionObjects } from "./policies";

const QUOTA = "/api/v1/namespaces/wikifunctions/resourcequotas/it";
const NOBODY = { apiVersion: "v1", kind: "ConfigMap", name: "nobody", uid: "00000000-0000-0000-0000-000000000000" };
const METADATA: Readonly<Record<string, unknown>> = {
    labels: { extra: "yes" },
    annotations: { "example.org/extra": "yes" },
    ownerReferences: [NOBODY],
    finalizers: ["example.org/never"],
};
/** Metadata that may come with a status: by whom, of what. */
const ALLOWED = [
    { who: "deployment-controller", name: "deployments/status", metadata: { annotations: { "deployment.kubernetes.io/revision": "2" } } },
    { who: "network-plugin", name: "pods/status", metadata: { annotations: { "example.org/address": "10.0.0.1" } } },
] as const;

/** Objects of every kind that has parts, before there are policies; then the policies, tried with every part. */
describe("the parts of objects and the admission policies, on the embedded cluster", function () {
    this.timeout(600_000);
    let cluster: TestCluster;
    let api: ClusterApi;
    let parts: Part[];
    const list = (items: readonly object[]): string => JSON.stringify({ apiVersion: "v1", kind: "List", items });

    before(async function () {
        cluster = await TestCluster.start(this, "the parts of objects and the admission policies");
        api = new ClusterApi(cluster.env.KUBECONFIG);
        const [invented, ...rest] = OBJECTS;
        await cluster.create(list([invented ?? {}]));
        await cluster.kubectl("wait", "--for=condition=Established", "crd/inventions.example.org");
        await cluster.create(list(rest));
        const { policies, bindings } = admissionObjects();
        await cluster.create(list([...policies, ...bindings]));
        parts = await partsOf(api);
        await until("each policy holds", async () => {
            const refused = await names(["administrator"]);
            return ["pods/exec", "pods/status", "namespaces/status"].every((name) => refused.includes(`administrator v1 ${name}`));
        });
    });

    after(async () => {
        // Unset where the suite is skipped.
        (api as ClusterApi | undefined)?.close();
        await (cluster as TestCluster | undefined)?.stop();
    });

    async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
        for (let turn = 0; !await holds(); turn += 1, await delay(500)) {
            assert.ok(turn < 80, `waited in vain until ${what}`);
        }
    }

    /** What is refused of what these people write, in words. */
    async function names(people: readonly string[], metadata?: object): Promise<string[]> {
        const tried = parts.filter(({ name }) => TABLE[name]?.may !== undefined).flatMap((part) => people.map((who) => ({ part, who })));
        const answers = await Promise.all(tried.map(async ({ part, who }) => ({ part, who, answer: await write(api, part, PEOPLE[who] ?? {}, metadata) })));
        return answers.filter(({ answer }) => isRefused(answer)).map(({ part: { name, apiVersion }, who }) => `${who} ${apiVersion} ${name}`).sort();
    }

    it("are all in table.yaml, and in it is none that there isn't", () => {
        assert.deepEqual([...new Set(parts.map(({ name }) => name))].sort(), Object.keys(TABLE).sort());
        assert.deepEqual(parts.filter(({ name, verbs }) => TABLE[name]?.reads === true && verbs.some((verb) => verb !== "get")), []);
    });

    for (const who of Object.keys(PEOPLE)) {
        it(`are written by ${who} where table.yaml says so, and nowhere else`, async () => {
            const expected = parts.filter(({ name }) => !(TABLE[name]?.may ?? ["everybody"]).some((each) => [who, "everybody"].includes(each)));
            assert.deepEqual(await names([who]), expected.map(({ name, apiVersion }) => `${who} ${apiVersion} ${name}`).sort());
        });
    }

    for (const [field, value] of Object.entries(METADATA)) {
        it(`are written without ${field}, by whomever`, async () => {
            for (const part of parts.filter(({ part }) => ["status", "finalize"].includes(part))) {
                const before = ((await api.ask(part.object)).body as { metadata: Record<string, unknown> }).metadata[field];
                for (const who of (TABLE[part.name]?.may ?? []).filter((each) => each !== "network-plugin" || field !== "annotations")) {
                    const answer = await write(api, part, PEOPLE[who] ?? {}, { [field]: value });
                    // Of some kinds the API server itself lets some of it be.
                    const isLeft = answer.code < 400 && JSON.stringify((answer.body as { metadata: Record<string, unknown> }).metadata[field]) === JSON.stringify(before);
                    assert.ok(isRefused(answer) || isLeft, `${who} ${part.name}: ${JSON.stringify(answer.body)}`);
                }
            }
        });
    }

    for (const { who, name, metadata } of ALLOWED) {
        it(`are written by ${who} with annotations, where these are its own: ${name}`, async () => {
            const part = parts.find((each) => each.name === name);
            assert.ok(part !== undefined);
            const { code, body } = await write(api, part, PEOPLE[who] ?? {}, metadata);
            assert.equal(code, 200, JSON.stringify(body));
        });
    }

    it("are left to the deployers' dry runs, which are previews", async () => {
        const { code } = await api.ask(`${QUOTA}/status?dryRun=All`, { method: "PATCH", type: "application/merge-patch+json", body: {} });
        assert.equal(code, 200);
    });

    describe("and without the policies' bindings", () => {
        before(async () => {
            await cluster.kubectl("delete", "validatingadmissionpolicybindings", "--all");
            await until("no policy holds any more", async () => (await names(["administrator"])).length === 0);
        });

        it("none is refused to anybody, which shows that they refused it", async () => {
            assert.deepEqual((await names(Object.keys(PEOPLE))).filter((each) => !/^node /.test(each)), []);
        });

        for (const field of Object.keys(METADATA)) {
            it(`each may come with ${field}`, async () => {
                assert.deepEqual(await names(["administrator"], { [field]: METADATA[field] }), []);
            });
        }

        it("a quota that is said to be nobody's is deleted by the garbage collector", async () => {
            const body = { metadata: { ownerReferences: [NOBODY] } };
            assert.equal((await api.ask(`${QUOTA}/status`, { ...PEOPLE["administrator"], method: "PATCH", type: "application/merge-patch+json", body })).code, 200);
            await until("the quota is gone", async () => (await api.ask(QUOTA)).code === 404);
        });
    });
});
