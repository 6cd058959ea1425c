import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type AddressInfo, type Server } from "node:net";
import { freePort } from "../../../lab/cluster/ports";

describe("ports", () => {
    const servers: Server[] = [];
    const listen = async (port: number, host: string): Promise<number> => {
        const server = createServer().listen(port, host);
        servers.push(server);
        await once(server, "listening");
        return (server.address() as AddressInfo).port;
    };
    afterEach(() => { servers.splice(0).forEach((server) => server.close()); });

    it("are free to listen at", async () => {
        const port = await freePort();
        assert.ok(port > 1023 && port < 65536, String(port));
        assert.equal(await listen(port, "127.0.0.1"), port);
    });

    it("are the preferred one while it is free", async () => {
        const port = await freePort();
        assert.deepEqual([await freePort(port), await freePort(port)], [port, port]);
    });

    for (const host of ["127.0.0.1", "0.0.0.0"]) {
        it(`are another one where somebody listens at ${host}`, async () => {
            const taken = await listen(0, host);
            const port = await freePort(taken);
            assert.notEqual(port, taken);
            assert.equal(await listen(port, "127.0.0.1"), port);
        });
    }
});
