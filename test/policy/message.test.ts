import assert from "node:assert/strict";
import { Secret } from "@pulumi/policy";
import { describe as words, describeName, message, objection, subject } from "../../policy/model/message";
import { MALFORMED, UNKNOWN, type Value } from "../../policy/model/resource";
import { Secrets } from "../../policy/model/secrets";
import { readOnlyRootFilesystem } from "../../policy/rules/read-only-root-filesystem";
import { evaluator, resource } from "./fixtures";
import { change } from "./harness";

/** Texts that a message may not repeat unless their field is one for names. */
const UNTOLD = ["hunter2", "s3cr3t with spaces", "eyJhbGciOiJIUzI1NiJ9.e30.x", "{\"password\":\"x\"}", "PASSWORD", "hunter2 SYS_ADMIN", "SYS_ADMIN hunter2", "hunter2 1Gi", "1Gi hunter2", "12345678901234567890"];

const TOLD: readonly (readonly [Value, string])[] = [
    [undefined, "not set"],
    [null, "null, which Kubernetes reads as not set"],
    [UNKNOWN, "unknown until the update runs"],
    [MALFORMED, "inside a value of the wrong type"],
    [false, "false"],
    [0, "0"],
    ["Unconfined", 'the text "Unconfined"'],
    ["ClusterFirst", 'the text "ClusterFirst"'],
    ["NodePort", 'the text "NodePort"'],
    ["1.5Gi", 'the text "1.5Gi"'],
    ["SYS_ADMIN", 'the text "SYS_ADMIN"'],
    [[], "an empty list"],
    [[1, 2], "a list of 2"],
    [{ a: "hunter2" }, "an object"],
];

/** Words that Kubernetes enumerates for fields of the API. */
const ENUMERATED = [
    "Always", "Default", "Directory", "DirectoryOrCreate", "ClusterFirst", "ClusterFirstWithHostNet", "ClusterIP", "ExternalName", "IfNotPresent", "LoadBalancer", "Localhost", "Memory", "Never",
    "NodePort", "None", "OnDelete", "OnFailure", "PreemptLowerPriority", "RollingUpdate", "Recreate", "RuntimeDefault", "Unconfined", "Unmasked", "linux", "windows", "true", "false", "",
];
const QUANTITIES = ["1", "+1", "-1", "123456789012", "1.123456", "1e9", "1E-10", "1e+1", ...["Ki", "Mi", "Gi", "Ti", "Pi", "Ei", ..."numkMGTPE"].map((unit) => `1.5${unit}`)];
const CAPABILITIES = [
    ..."ALL AUDIT_CONTROL AUDIT_READ BLOCK_SUSPEND BPF CHECKPOINT_RESTORE CHOWN DAC_OVERRIDE DAC_READ_SEARCH FOWNER FSETID IPC_LOCK IPC_OWNER KILL LEASE LINUX_IMMUTABLE MAC_ADMIN".split(" "),
    ..."MAC_OVERRIDE MKNOD NET_ADMIN NET_BIND_SERVICE NET_RAW PERFMON SETFCAP SETGID SETPCAP SETUID SYS_ADMIN SYS_PTRACE SYS_TTY_CONFIG SYSLOG WAKE_ALARM CAP_SYS_ADMIN CAP_BPF".split(" "),
];

describe("policy: words for values", () => {
    it("repeats what can't be a secret", () => {
        for (const text of [...ENUMERATED, ...QUANTITIES, ...CAPABILITIES]) {
            assert.equal(words(text), `the text ${JSON.stringify(text)}`);
        }
    });

    for (const [value, expected] of TOLD) {
        it(`says ${expected}`, () => {
            assert.equal(words(value), expected);
        });
    }

    for (const text of UNTOLD) {
        it(`doesn't repeat ${text}`, () => {
            assert.ok(!words(text).includes(text));
        });
    }

    it("repeats a name where a name belongs, and nothing else", () => {
        assert.equal(describeName("registry.example.org/a/b:1"), '"registry.example.org/a/b:1"');
        assert.ok(!describeName("a name with spaces").includes("spaces"));
    });
});

describe("policy: messages", () => {
    const violation = { path: "spec.x", is: "true", must: "false" };

    it("name the object, the field, what it is and must be, why, and how to mend it", () => {
        const { rationale, remediation } = readOnlyRootFilesystem;
        assert.equal(message(readOnlyRootFilesystem, violation, evaluator), `Deployment wikifunctions/evaluator-python: spec.x is true; it must be false. ${rationale} ${remediation}`);
        assert.match(message(readOnlyRootFilesystem, violation, undefined), /^The stack: spec\.x is true/);
        assert.equal(objection(violation, undefined), "the stack: spec.x is true; it must be false");
    });

    it("call an object by its logical name where its own isn't known", () => {
        assert.equal(subject(change(evaluator, "metadata", UNKNOWN)), "Deployment evaluator-python");
        assert.equal(subject(resource("kubernetes:core/v1:Namespace", "sandbox", { metadata: { name: 7 } })), "Namespace sandbox");
    });

    it("cut off a name that is longer than any that Kubernetes takes, and a namespace's with its slash", () => {
        const [longest, tooLong] = ["x".repeat(253), "x".repeat(254)];
        const named = (name: string, namespace?: string): string => subject(resource("kubernetes:core/v1:ConfigMap", name, { metadata: { namespace } }));
        assert.deepEqual([named(longest), named(tooLong)], [`ConfigMap ${longest}`, `ConfigMap ${longest}…`]);
        assert.equal(named("x", longest), `ConfigMap ${longest}/x`);
    });
});

describe("policy: secrets in messages", () => {
    const secrets = new Secrets();
    secrets.collect({ plain: "open", password: new Secret("hunter2"), spec: new Secret({ list: ["quo\"ted", "a\\y", 4711, true] }), nothing: null });

    it("are taken out whole or quoted, and nothing else is", () => {
        assert.equal(secrets.redact("hunter2"), "[secret]");
        assert.equal(secrets.redact("4711"), "[secret]");
        assert.equal(secrets.redact('the text "quo\\"ted", or "open"'), 'the text [secret], or "open"');
        assert.equal(secrets.redact('a line of "/x\\y r," and "hunter2"'), 'a line of "/x\\y r," and [secret]');
        assert.equal(secrets.redact('a line of "a\\y"'), "a line of [secret]");
        assert.equal(secrets.redact("true"), "true");
        assert.equal(secrets.redact("the hunter2s"), "the hunter2s");
    });

    it("are taken out of what a message says about the resource", () => {
        const named = change(evaluator, "metadata.name", "hunter2");
        const text = message(readOnlyRootFilesystem, { path: "spec.x", is: describeName("hunter2"), must: "false" }, named, (is) => secrets.redact(is));
        assert.match(text, /^Deployment wikifunctions\/\[secret\]: spec\.x is \[secret\];/);
    });
});
