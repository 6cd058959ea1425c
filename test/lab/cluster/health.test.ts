import assert from "node:assert/strict";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { once } from "node:events";
import execa from "execa";
import { isHealthy, untilHealthy } from "../../../lab/cluster/health";
import { adminToken, makeIdentity } from "../../../lab/cluster/identity";
import { isProblem, temporaryFolder, withVariables } from "../support";

const READY = "/readyz";
const CONTROLLED = "/api/v1/namespaces/default/serviceaccounts/default";

describe("the health of a control plane", () => {
    const at = temporaryFolder();
    withVariables(() => ({ NO_COLOR: "1" }));
    let server: Server;
    let answered: string[];
    let asked: number;
    const layout = () => ({ directory: at(), run: at("run"), port: (server.address() as AddressInfo).port });

    beforeEach(async () => {
        await makeIdentity(at());
        await mkdir(at("other"));
        for (const folder of ["certificates", "other"]) {
            await execa("openssl", ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "1", "-subj", "/CN=lab", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", at(folder, "apiserver.key"), "-out", at(folder, "apiserver.crt")]);
        }
    });
    afterEach(() => { server.close(); });

    /** Answers like an API server that has come so far. @param folder of its certificate */
    const serve = async (folder = "certificates", answers: string[] = [READY, CONTROLLED]): Promise<void> => {
        answered = answers;
        asked = 0;
        const authorization = `Bearer ${await adminToken(at())}`;
        server = createServer({ key: await readFile(at(folder, "apiserver.key")), cert: await readFile(at(folder, "apiserver.crt")) }, (request, response) => {
            asked += 1;
            response.statusCode = request.headers.authorization === authorization ? answered.includes(request.url ?? "") ? 200 : 500 : 401;
            response.end();
        }).listen(0, "127.0.0.1");
        await once(server, "listening");
    };

    it("is told by what is answered", async () => {
        await serve("certificates", []);
        assert.deepEqual([await isHealthy(layout(), "nothing"), await isHealthy(layout(), "API server"), await isHealthy(layout())], [true, false, false]);
        answered = [READY];
        assert.deepEqual([await isHealthy(layout(), "API server"), await isHealthy(layout())], [true, false]);
        answered = [READY, CONTROLLED];
        assert.equal(await isHealthy(layout()), true);
    });

    it("isn't told by somebody else's server, who doesn't learn the token", async () => {
        await serve("other");
        assert.deepEqual([await isHealthy(layout()), asked], [false, 0]);
    });

    it("isn't there without a server", async () => {
        await serve();
        const gone = layout();
        server.close();
        await once(server, "close");
        assert.equal(await isHealthy(gone), false);
    });

    it("is waited for, with what is waited for", async () => {
        await serve("certificates", [READY]);
        const details: string[] = [];
        await untilHealthy(layout(), [], "controllers", (text) => {
            details.push(text);
            answered = [READY, CONTROLLED];
        });
        assert.deepEqual(details, ["controllers"]);
    });

    it("is waited for in vain when a component has ended: its last words are told", async () => {
        await serve("certificates", []);
        const dead = { name: "etcd", pid: 2 ** 22 + 1, started: "boot/1" };
        await writeFile(at("etcd.log"), ["starting", "listen failed: address already in use", ...Array.from({ length: 9 }, (_, line) => `line ${line}`), ""].join("\n"));
        await assert.rejects(untilHealthy(layout(), [dead], "API server", () => undefined), isProblem(/^etcd ended while starting; if it does so again, npm stop removes its data\. The end of .*\/etcd\.log:\nlisten failed: address already in use$/));
        await writeFile(at("etcd.log"), "one\ntwo\nthree\nfour\nfive\n");
        await assert.rejects(untilHealthy(layout(), [dead], "API server", () => undefined), isProblem(/etcd\.log:\ntwo\nthree\nfour\nfive$/));
    });
});
