import assert from "node:assert/strict";
import { readdir, stat, writeFile } from "node:fs/promises";
import { readState, writeState } from "../../../lab/cluster/state";
import { temporaryFolder } from "../support";

describe("what is written about a cluster", () => {
    const at = temporaryFolder();
    const processes = [{ name: "etcd", pid: 5, started: "boot/7" }];

    it("is found again, and its owner's alone", async () => {
        await writeState({ directory: at(), run: "/run/it", port: 1234 }, processes);
        assert.deepEqual(await readState(at()), { run: "/run/it", port: 1234, processes });
        const node = { image: "/images/it", kubelet: 5678 };
        await writeState({ directory: at(), run: "/run/it", port: 1234, node }, processes);
        assert.deepEqual(await readState(at()), { run: "/run/it", port: 1234, node, processes });
        assert.equal((await stat(at("cluster.json"))).mode & 0o777, 0o600);
        assert.deepEqual(await readdir(at()), ["cluster.json"]);
    });

    it("is nothing where there is no file, or none to make sense of", async () => {
        assert.equal(await readState(at()), undefined);
        for (const text of ["", "{", "[]", "null", "{}", "{\"run\":\"/run\",\"port\":1}", "{\"run\":\"/run\",\"processes\":[]}", "{\"port\":1,\"processes\":[]}", "{\"run\":\"/run\",\"port\":1,\"processes\":{}}"]) {
            await writeFile(at("cluster.json"), text);
            assert.equal(await readState(at()), undefined, text);
        }
    });
});
