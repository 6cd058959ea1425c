import assert from "node:assert/strict";
import type { Result } from "../attacks/results";
import { attacksTable } from "../attacks/table";

describe("the table of attacks", () => {
    it("counts what stopped them, which measure did so alone, and how many controls were reached", () => {
        const result = (id: string, stopped: string, alone: readonly string[], control: Result["control"] = "reached"): Result => ({ measure: "seccomp", id, language: "python", tries: "x", stopped, alone, control });
        const table = attacksTable([result("a", "EPERM", ["seccomp"]), result("b", "EACCES", ["seccomp", "apparmor"]), result("c", "EPERM", ["seccomp"]), result("d", "1.00 CPUs", [], "stopped"), result("e", "", [], "broken")]);
        assert.match(table, /^\| `seccomp` \| \[5\]\(test\/attacks\/data\/seccomp\.yaml\) \| EPERM 2, EACCES 1, throttled 1 \| seccomp 3, apparmor 1 \| 3 of 5 reached \|$/m);
        assert.match(table, /^\| `pids` \| \[0\]\(test\/attacks\/data\/pids\.yaml\) \| {2}\| — \| 0 of 0 reached \|$/m);
    });
});
