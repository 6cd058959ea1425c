import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { readDockerfile } from "../../../lab/images/dockerfile";
import { recipes } from "../../../lab/images/build";
import { recipeOf } from "../../../lab/images/recipes";
import { PAUSE, stackImages } from "../../../lab/images/references";
import { ofKind, run } from "../../unit/support/program";
import { valuesOf } from "../../unit/support/stacks";
import { isProblem, temporaryFolder } from "../support";

interface PodTemplate { spec: { containers: { image: string }[]; initContainers?: { image: string }[] } }

describe("recipes of images", function () {
    this.timeout(30_000);
    const at = temporaryFolder();

    it("there is one for each image that the local stack's pods ask for, under just that name, and one for the pause container", async () => {
        const resources = await run("local", valuesOf("local"));
        const templates = ["Deployment", "DaemonSet"].flatMap((kind) => ofKind(resources, kind)).map(({ inputs }) => inputs.spec.template as PodTemplate);
        const asked = templates.flatMap(({ spec: { containers, initContainers = [] } }) => [...initContainers, ...containers]).map(({ image }) => image);
        assert.equal(asked.length, 5);
        assert.deepEqual([...recipes().keys()].sort(), [...asked, PAUSE].sort());
    });

    it("a service that the stack comes to have without a recipe is named", () => {
        const own = (image: object) => ({ "wikifunctions:imageRegistry": "registry.example.org", "wikifunctions:evaluators": { ruby: { image } } });
        const images = stackImages(own({ repository: "function-evaluator/rusty-rb", tag: "1" }));
        assert.deepEqual([...images], [["function-evaluator/rusty-rb", "registry.example.org/function-evaluator/rusty-rb:1"]]);
        assert.throws(() => recipes(images), isProblem(/function-evaluator\/rusty-rb.*it knows function-orchestrator/));
        assert.throws(() => stackImages(own({ repository: "function-evaluator/rusty-rb", digest: "sha256:0" })), isProblem(/rusty-rb without a tag/));
    });

    it("every file that they copy exists, and services run as upstream's user", () => {
        for (const [reference, { files, packages, config }] of recipes()) {
            assert.deepEqual(files.filter(({ from }) => !existsSync(from)), []);
            assert.ok(packages.length > 0, reference);
            assert.equal(config.User, reference.includes("function-") ? "900:900" : undefined, reference);
        }
    });

    it("the loader's is read from its Dockerfile", () => {
        const { packages, files, config } = recipeOf("apparmor-loader");
        assert.deepEqual(packages.slice(-1), ["apparmor"]);
        assert.deepEqual(files.map(({ to, mode }) => [to, mode]), [["/usr/local/bin/load.sh", "0555"]]);
        assert.deepEqual([config.Entrypoint, config.Cmd], [["/usr/local/bin/load.sh"], ["run"]]);
    });

    it("what a Dockerfile has beyond what is understood is refused by its line, instead of being lost", async () => {
        const original = await readFile(`${__dirname}/../../../infra/apparmor/image/Dockerfile`, "utf8");
        for (const line of ["USER nobody", "RUN chmod 4755 /bin/sh", "RUN apt-get update && apt-get install --yes perl && rm -rf /var/lib/apt/lists/* && chmod 4755 /bin/sh", "COPY --from=other a /b", "COPY a b/", "CMD run", "ADD a /b", "ENV A=1"]) {
            await writeFile(at("Dockerfile"), `${original}${line}\n`);
            assert.throws(() => readDockerfile(at("Dockerfile")), isProblem(new RegExp(`has "${line.replace(/[/.*]/g, "\\$&")}"`)), line);
        }
        await writeFile(at("Dockerfile"), `${original}COPY other.sh /usr/local/bin/other.sh\n`);
        assert.deepEqual(readDockerfile(at("Dockerfile")).copies.at(-1), { from: at("other.sh"), to: "/usr/local/bin/other.sh", mode: undefined });
    });
});
