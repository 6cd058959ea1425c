import assert from "node:assert/strict";
import { readdir, readFile, realpath, rm, symlink } from "node:fs/promises";
import path from "node:path";
import execa from "execa";
import { assemble } from "../../../commands/preview/assemble";
import { REPOSITORY } from "../../../cli/repository";
import { EXIT_FOUND, Problem } from "../../../cli/problem";
import { changeOfEachTest, STACK } from "./change";

describe("a preview of a change", () => {
    const { at, write } = changeOfEachTest();
    const take = (withPolicy = false): Promise<void> => assemble(at("made"), { checkout: REPOSITORY, candidate: at("change"), stack: STACK, withPolicy });
    const read = (file: string): Promise<string> => readFile(at("made", file), "utf8");
    const own = (file: string): Promise<string> => readFile(path.join(REPOSITORY, file), "utf8");

    it("takes the program and the stack's file from it, and all else from the checkout", async () => {
        await write("infra/apparmor/profiles/wikifunctions-evaluator-ruby", "profile");
        await write("infra/index.ts", "program");
        await write("Pulumi.staging.yaml", "config: {}");
        for (const file of ["policy/pack.ts", "Pulumi.yaml", "package.json", "tsconfig.json", "infra/tsconfig.json", "commands/preview.ts", "lab/paths.ts", "Pulumi.local.yaml"]) {
            await write(file, "trick");
        }
        await take();
        assert.deepEqual([await read("infra/index.ts"), await read("Pulumi.staging.yaml"), await read("infra/apparmor/profiles/wikifunctions-evaluator-ruby")], ["program", "config: {}", "profile"]);
        for (const file of ["policy/pack.ts", "Pulumi.yaml", "package.json", "tsconfig.json", "infra/tsconfig.json", "commands/preview.ts", "lab/paths.ts"]) {
            assert.equal(await read(file), await own(file), file);
        }
        assert.deepEqual((await readdir(at("made"))).sort(), ["Pulumi.staging.yaml", "Pulumi.yaml", "cli", "commands", "infra", "lab", "node_modules", "package.json", "policy", "tsconfig.json"]);
        assert.equal(await realpath(at("made/node_modules")), await realpath(path.join(REPOSITORY, "node_modules")));
    });

    it("takes its policy where that is asked for", async () => {
        await write("policy/approved/staging.yaml", "approved");
        await rm(at("change/policy/pack.ts"));
        await take(true);
        assert.equal(await read("policy/approved/staging.yaml"), "approved");
        assert.ok(!(await readdir(at("made/policy"))).includes("pack.ts"));
    });

    const REFUSED: Readonly<Record<string, readonly [change: () => Promise<unknown>, says: RegExp, withPolicy?: boolean]>> = {
        "a symbolic link": [() => symlink("/etc/hostname", at("change/infra/apparmor/profiles/other")), /infra\/apparmor\/profiles\/other is neither a file nor a folder, but a symbolic link; put the file itself there/],
        "a link in the place of a folder": [() => rm(at("change/infra/config"), { recursive: true }).then(() => symlink("../policy", at("change/infra/config"))), /infra\/config is neither/],
        "a link in the place of infra/": [() => rm(at("change/infra"), { recursive: true }).then(() => symlink("policy", at("change/infra"))), /infra is neither/],
        "a link in the place of the compiler's options": [() => rm(at("change/infra/tsconfig.json")).then(() => symlink("../x", at("change/infra/tsconfig.json"))), /infra\/tsconfig\.json is neither/],
        "a link in the place of the stack's file": [() => rm(at("change/Pulumi.staging.yaml")).then(() => symlink("/etc/hostname", at("change/Pulumi.staging.yaml"))), /Pulumi\.staging\.yaml is neither/],
        "a pipe": [() => execa("mkfifo", [at("change/infra/pipe")]), /infra\/pipe is neither a file nor a folder, but a special file/],
        "packages": [() => write("infra/node_modules/x/index.js"), /infra\/node_modules has a name that infra\/ may not hold.*; name it like a program's part: name\.ts/],
        "npm's settings": [() => write("infra/.npmrc"), /infra\/\.npmrc has a name/],
        "a package": [() => write("infra/package.json"), /infra\/package\.json has a name/],
        "a compiler's options further down": [() => write("infra/config/tsconfig.json"), /infra\/config\/tsconfig\.json has a name/],
        "code that isn't looked at as such": [() => write("infra/x.cjs"), /infra\/x\.cjs has a name/],
        "a plugin's settings": [() => write("infra/PulumiPlugin.yaml"), /infra\/PulumiPlugin\.yaml has a name/],
        "an environment in the stack's file": [() => write("Pulumi.staging.yaml", "config: {}\nenvironment: { environmentVariables: { NODE_OPTIONS: --require=x } }\n"), /Pulumi\.staging\.yaml has another "environment" than the checkout's; of a change it may differ in config and encryptionsalt only/],
        "where the stack's secrets are": [() => write("Pulumi.staging.yaml", "secretsprovider: awskms://x\n"), /has another "secretsprovider" than/],
        "two keys in one of the stack's file": [() => write("Pulumi.staging.yaml", "config: {}\nconfig: {}\n"), /Pulumi\.staging\.yaml is no mapping in YAML/],
        "no file for the stack": [() => rm(at("change/Pulumi.staging.yaml")), /Pulumi\.staging\.yaml isn't there/],
        "packages of the policy": [() => write("policy/node_modules/x/index.js"), /policy\/node_modules has a name/, true],
        "a link in the policy": [() => symlink("/etc/hostname", at("change/policy/approved/x.yaml")), /policy\/approved\/x\.yaml is neither/, true],
    };
    for (const [what, [change, says, withPolicy]] of Object.entries(REFUSED)) {
        it(`refuses ${what}`, async () => {
            await change();
            await assert.rejects(take(withPolicy), (error) => error instanceof Problem && error.exitCode === EXIT_FOUND && says.test(error.message) && !/isn't there.*isn't there/.test(error.message));
            await assert.rejects(readdir(at("made")));
        });
    }
});
