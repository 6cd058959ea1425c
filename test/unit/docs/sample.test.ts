import assert from "node:assert/strict";
import { verdictIn } from "../../../docs/generate/sample";

const OUTPUT = `Previewing update (local):
@ previewing update....
    pulumi:pulumi:Stack wikifunctions-local  1 error; 1 warning
Policies:
    ❌ wikifunctions@v0.1.0 (local: policy)
          ${"A sentence that is said twelve times. ".repeat(12).trim()}

Diagnostics:
  pulumi:pulumi:Stack (wikifunctions-local):
    warning: using pulumi-resource-kubernetes from $PATH at /home/somebody/bin/pulumi-resource-kubernetes
    error: preview failed

`;

describe("the verdict of a preview, as README.md shows it", () => {
    const verdict = verdictIn(OUTPUT) ?? "";

    it("has no progress before it and no warning about plugins, and all the rest", () => {
        assert.match(verdict, /^Policies:\n {4}❌ wikifunctions@/);
        assert.match(verdict, /\n\nDiagnostics:\n {2}pulumi:pulumi:Stack \(wikifunctions-local\):\n {4}error: preview failed$/);
        assert.equal(verdict.replace(/\s+/g, " ").split("A sentence that is said twelve times.").length, 13);
    });

    it("breaks long lines between words and keeps their indentation", () => {
        const lines = verdict.split("\n");
        assert.ok(lines.every((line) => line.length <= 118));
        assert.equal(lines.filter((line) => /^ {10}\S/.test(line)).length, 5);
    });

    it("is none where no policy has spoken", () => {
        assert.equal(verdictIn("error: no stack named 'local' found"), undefined);
    });
});
