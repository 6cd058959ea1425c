import assert from "node:assert/strict";
import { UNKNOWN } from "../../../policy/model/resource";
import { approvedImages } from "../../../policy/rules/approved-images";
import { evaluator, loader, posture } from "../fixtures";
import { change, CONTAINER, judge, POD } from "../harness";

const IMAGE = `${CONTAINER}.image`;
const PULL = `${CONTAINER}.imagePullPolicy`;
const REPOSITORY = "registry.example.org/wikifunctions/function-evaluator";
const DIGEST = `sha256:${"b".repeat(64)}`;

judge(
    approvedImages,
    {
        good: evaluator,
        passes: { "an image that is always fetched": [[PULL, "Always"]], "an image that is fetched once": [[PULL, "IfNotPresent"]], "no word about fetching": [[PULL, ""]] },
        blocks: {
            "another repository": [IMAGE, `registry.example.org/other/function-evaluator@${DIGEST}`],
            "another registry": [IMAGE, `registry.example.net/wikifunctions/function-evaluator@${DIGEST}`],
            "the orchestrator's image": [IMAGE, `registry.example.org/wikifunctions/function-orchestrator@${DIGEST}`],
            "a repository below the approved one": [IMAGE, `${REPOSITORY}/extra@${DIGEST}`],
            "a tag where the posture asks for a digest": [IMAGE, `${REPOSITORY}:2026-08-19-122930`],
            "a digest cut short": [IMAGE, `${REPOSITORY}@sha256:abc`],
            "a short name": [IMAGE, "function-evaluator"],
            "an image that is never fetched": [PULL, "Never"],
            "an image that is fetched or not": [PULL, UNKNOWN],
            "no image": [IMAGE, undefined],
            "an unknown image": [IMAGE, UNKNOWN],
            "an init container with another image": [`${POD}.initContainers`, [{ image: `registry.example.org/tools@${DIGEST}` }], `${POD}.initContainers[0].image`],
            "the name of a workload that isn't approved": ["metadata.name", "evaluator-ruby", IMAGE],
        },
    },
    {
        good: change(evaluator, IMAGE, `${REPOSITORY}:2026-08-19-122930`),
        posture: { requireDigests: false },
        blocks: {
            "the tag latest": [IMAGE, `${REPOSITORY}:latest`],
            "neither tag nor digest": [IMAGE, REPOSITORY],
        },
    },
    { good: loader, blocks: { "the evaluator's image": [IMAGE, `${REPOSITORY}@${DIGEST}`] } },
);

describe("policy: approved-images, by waiver", () => {
    it("lets the image be waived, not where it comes from", () => {
        const floors = ([[IMAGE, "x"], [PULL, "Never"]] as const).map(([path, to]) => approvedImages.check(change(evaluator, path, to), posture)[0]?.floor === true);
        assert.deepEqual(floors, [false, true]);
    });
});

describe("policy: approved-images, in words", () => {
    it("names the approved image, or says that there is none", () => {
        const must = (name: string) => approvedImages.check(change(change(evaluator, "metadata.name", name), IMAGE, "x"), posture)[0]?.must;
        assert.equal(must("evaluator-python"), `an image of ${REPOSITORY}`);
        assert.match(must("evaluator-ruby") ?? "", /not an approved service/);
    });
});
