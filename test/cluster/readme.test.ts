import assert from "node:assert/strict";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import execa from "execa";
import { parse, stringify } from "yaml";
import { currentSample, README } from "../../docs/generate/documents";
import { blockedSample } from "../../docs/generate/sample";
import { removeCluster, folders, labEnvironment } from "../../lab";
import { REPOSITORY } from "../../cli/repository";
import { cacheDirectory } from "../../lab/paths";
import { copyCheckout } from "../checkout";
import { commandsIn } from "../markdown";
import { Shell } from "../shell";
import { TestCluster } from "./cluster";
import { standInForNode } from "./node";

/** The README, and where it sends those who have a real cluster, in the order in which one reads them. */
const DOCUMENTS = [README, "docs/approval.md", "docs/drift.md", "docs/merge-requests.md"];
const COMMANDS = DOCUMENTS.flatMap((file) => commandsIn(readFileSync(path.join(REPOSITORY, file), "utf8")));
const [START, TEST, STOP] = ["npm start", "npm test", "npm stop"];
const PREVIEW = "pulumi preview --policy-pack policy";
/** The sections that are about a cluster of the user's own; all others are about the embedded one. */
const REAL = "A real cluster";
const MERGE_REQUESTS = "Merge requests";
const isReal = (section: string): boolean => [REAL, "What is approved", "Drift", MERGE_REQUESTS].includes(section);
/** The name that the README gives to it. */
const CONTEXT = "my-cluster";
/** Whom the stack file names. */
const DEPLOYER = "wikifunctions-deploy";

describe("README.md, and what it leads to", function () {
    this.timeout(600_000);
    let folder: string;
    let copy: string;
    let lab: string;
    let cluster: TestCluster;
    let printed = "";

    before(async function () {
        // Stands for the user's cluster.
        cluster = await TestCluster.start(this, "the commands of README.md");
        folder = await mkdtemp(path.join(tmpdir(), "wikifunctions-readme-"));
        [copy, lab] = [path.join(folder, "checkout"), path.join(folder, "lab")];
        await copyCheckout(copy);
        await execa("git", ["init", "--quiet"], { cwd: copy });
        await cluster.kubectl("create", "clusterrolebinding", "deploy", "--clusterrole", "cluster-admin", "--user", DEPLOYER);
        const kubeconfig = parse(await readFile(cluster.env.KUBECONFIG, "utf8")) as { contexts: { name: string }[]; users: { user: object }[]; "current-context": string };
        kubeconfig.contexts.forEach((context) => { context.name = CONTEXT; });
        kubeconfig["current-context"] = CONTEXT;
        kubeconfig.users.forEach(({ user }) => Object.assign(user, { as: DEPLOYER }));
        await writeFile(path.join(folder, "kubeconfig"), stringify(kubeconfig));
    });

    after(async () => {
        await (cluster as TestCluster | undefined)?.stop();
        if ((lab as string | undefined) !== undefined) {
            await removeCluster(folders(lab).cluster);
            await rm(folder, { recursive: true, force: true });
        }
    });

    /** A terminal of the user. With a cluster of their own they have the official tools, a backend and a passphrase, and say yes when `pulumi up` asks. */
    const shellFor = (section: string): Shell => new Shell(copy, isReal(section)
        ? { ...cluster.env, KUBECONFIG: path.join(folder, "kubeconfig"), PULUMI_CONFIG_PASSPHRASE: "the user's own", PULUMI_SKIP_CONFIRMATIONS: "true" }
        // Without a node, of which test/node has tests.
        : { WIKIFUNCTIONS_LAB_NO_NODE: "1", WIKIFUNCTIONS_LAB_DIR: lab, WIKIFUNCTIONS_LAB_CACHE: cacheDirectory() });

    const succeed = async (shell: Shell, command: string): Promise<string> => {
        const { exitCode, output } = await shell.run(command);
        assert.equal(exitCode, 0, `${command}\n${output}`);
        return output;
    };

    /** What is tried as soon as a command of the README has been run. */
    const then: Readonly<Record<string, readonly [what: string, test: () => Promise<void>]>> = {
        [START]: ["npm start closes with commands that work: these, and one that is run here", async () => {
            const commands = [...printed.matchAll(/^(?:Look|With other tools|With pulumi|Stop and remove): +(.+)$/gm)].map(([, command = ""]) => command);
            assert.equal(commands.length, 4, printed);
            const isHere = (command: string): boolean => COMMANDS.some((each) => !isReal(each.section) && each.command === command);
            const [others, ...more] = commands.filter((command) => !command.split("; ").every(isHere));
            assert.deepEqual(more, []);
            assert.match(others ?? "", /^export KUBECONFIG=/);
            const shell = new Shell(copy, { PATH: cluster.env.PATH });
            await succeed(shell, others ?? "");
            await succeed(shell, "kubectl get namespace wikifunctions");
            await shell.close();
        }],
        [PREVIEW]: ["the blocked preview is what such a preview says", async () => {
            assert.equal(await blockedSample(await labEnvironment(lab)), currentSample());
        }],
    };

    it("has commands for a start and for a real cluster", () => {
        const commands = COMMANDS.map(({ command }) => command);
        assert.deepEqual([START, TEST, STOP, ...Object.keys(then)].filter((command) => !commands.includes(command)), []);
        assert.ok(COMMANDS.some(({ section }) => section === REAL));
    });

    for (const section of new Set(COMMANDS.map((each) => each.section))) {
        describe(section, () => {
            let shell: Shell;
            let stopNode: () => Promise<void>;
            before(async () => {
                if (section === MERGE_REQUESTS) {
                    // Begins where the user's own checkout stands now.
                    await cp(copy, path.join(folder, "change"), { recursive: true, filter: (source) => !/node_modules|\.lab$/.test(path.relative(copy, source)) });
                }
                shell = shellFor(section);
                // The user's cluster has nodes.
                stopNode = isReal(section) ? await standInForNode(cluster) : () => Promise.resolve();
            });
            after(() => Promise.all([shell.close(), stopNode()]));

            for (const { command } of COMMANDS.filter((each) => each.section === section)) {
                if (command === TEST) {
                    it(`${command} is what CI runs`, async () => {
                        // It would run this very test again; .ci/run runs it in earnest.
                        const { scripts } = JSON.parse(await readFile(path.join(copy, "package.json"), "utf8")) as { scripts: Record<string, string> };
                        assert.equal(scripts["test"], "exec node lab/bootstrap.cjs test");
                        assert.equal((await readFile(path.join(copy, ".ci/run"), "utf8")).trim().split("\n").at(-1), TEST);
                    });
                    continue;
                }
                it(command, async () => {
                    const output = await succeed(shell, command);
                    printed = command === START ? output : printed;
                });
                if (!isReal(section) && then[command] !== undefined) {
                    it(...then[command]);
                }
            }

            if (section === REAL) {
                it("deploys the stack", async () => {
                    const names = (await cluster.list("deployments")).map(({ metadata }) => metadata.name).sort();
                    assert.deepEqual(names, ["evaluator-javascript", "evaluator-python", "orchestrator"]);
                });
            }
        });
    }
});
