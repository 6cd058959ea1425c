import assert from "node:assert/strict";
import { attacksNow, type Seen } from "../../evidence/attacks";
import { ATTACKS } from "../attacks/attack";
import { seenIn } from "../attacks/seen";
import { attacksTable } from "../attacks/table";

const seen = (id: string, stopped: string, more: Partial<Seen> = {}): Seen => ({ id, measure: "seccomp", stopped, alone: ["seccomp"], control: "reached", gvisor: "not run", ...more });

describe("the table of attacks", () => {
    it("counts what stopped them, which measure did so alone, how many controls were reached, and how they ended on gVisor", () => {
        const table = attacksTable([seen("a", "EPERM", { gvisor: "reached" }), seen("b", "EACCES", { alone: ["seccomp", "apparmor"], gvisor: "stopped" }), seen("c", "EPERM"), seen("d", "throttled", { alone: [], control: "stopped" }), seen("e", "", { alone: [], control: "broken" })]);
        assert.match(table, /^\| `seccomp` \| \[5\]\(\.\.\/test\/attacks\/data\/seccomp\.yaml\) \| EPERM 2, \*\*nothing\*\* 1, EACCES 1, throttled 1 \| seccomp 3, apparmor 1 \| 3 of 5 reached \| reached 1, stopped 1 \|$/m);
        assert.match(table, /^\| `pids` \| \[0\]\(\.\.\/test\/attacks\/data\/pids\.yaml\) \| — \| — \| 0 of 0 reached \| — \|$/m);
    });

    it("is without the figures and paths that differ from run to run", () => {
        const kinds = (stopped: string) => seenIn([{ ...seen("a", stopped), language: "lua", tries: "x" }]).map((each) => each.stopped);
        assert.deepEqual(["0.84 CPUs", "/proc/1/environ: Permission denied", "/a: Read-only file system", "timeout", "RuntimeError", "EPERM", "time limit", ""].map(kinds), [["throttled"], ["EACCES"], ["EROFS"], ["ETIMEDOUT"], ["EAGAIN"], ["EPERM"], ["time limit"], [""]]);
    });
});

describe("the attacks that the documents tell of", () => {
    const told = new Map(attacksNow().map((each) => [each.id, each]));
    const attacks = [...ATTACKS].flatMap(([measure, own]) => own.map((attack) => ({ ...attack, measure })));

    it("are those of the data", () => {
        assert.deepEqual([...told.values()].map(({ id, measure }) => `${measure}/${id}`), attacks.map(({ id, measure }) => `${measure}/${id}`));
    });

    it("were all stopped in the sandbox, and reached by their control", () => {
        assert.deepEqual([...told.values()].filter(({ stopped, control }) => stopped === "" || control !== "reached"), []);
    });

    it("were stopped by each measure alone that is said to", () => {
        for (const { id, language, stoppedBy } of attacks) {
            assert.deepEqual(told.get(id)?.alone, language === "python" ? stoppedBy : [], id);
        }
    });

    it("were reached on gVisor where the data says why, and nowhere else", () => {
        assert.deepEqual([...told.values()].filter(({ gvisor }) => gvisor === "reached").map(({ id }) => id), attacks.filter(({ onGvisor }) => onGvisor !== undefined).map(({ id }) => id));
        assert.deepEqual([...told.values()].filter(({ gvisor }) => gvisor === "broken"), []);
    });
});
