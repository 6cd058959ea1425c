import assert from "node:assert/strict";
import { ordered, type Finding } from "../../../../commands/drift/finding";

const finding = (what: Finding["what"], subject: string): Finding => ({ what, subject, details: [] });

describe("differences between the program and the cluster", () => {
    it("are told in one order, in whatever order they are found", () => {
        const wanted = [finding("missing", "Service a/web"), finding("unmanaged", "ConfigMap a/foreign"), finding("unmanaged", "NetworkPolicy a/open"), finding("violation", "default-deny")];
        assert.deepEqual(ordered([...wanted].reverse()), wanted);
        assert.deepEqual(ordered(wanted), wanted);
    });
});
