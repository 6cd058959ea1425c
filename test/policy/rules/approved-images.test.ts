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
        passes: { "an image that is always fetched": [[PULL, "Always"]], "an image that is fetched once": [[PULL, "IfNotPresent"]], "no word about fetching": [[PULL, ""]], "a repository below the approved one": [[IMAGE, `${REPOSITORY}/extra@${DIGEST}`]] },
        blocks: {
            "another repository": [IMAGE, `registry.example.org/other/function-evaluator@${DIGEST}`],
            "another registry": [IMAGE, `registry.example.net/wikifunctions/function-evaluator@${DIGEST}`],
            "a repository whose name only begins like the approved ones": [IMAGE, `registry.example.org/wikifunctions-eve/function-evaluator@${DIGEST}`],
            "a way round to another repository": [IMAGE, `registry.example.org/wikifunctions/../eve/evaluator@${DIGEST}`],
            "a tag where the posture asks for a digest": [IMAGE, `${REPOSITORY}:2026-08-19-122930`],
            "a digest cut short": [IMAGE, `${REPOSITORY}@sha256:abc`],
            "a short name": [IMAGE, "function-evaluator"],
            "an image that is never fetched": [PULL, "Never"],
            "an image that is fetched or not": [PULL, UNKNOWN],
            "no image": [IMAGE, undefined],
            "an unknown image": [IMAGE, UNKNOWN],
            "an init container with another image": [`${POD}.initContainers`, [{ image: `registry.example.org/tools@${DIGEST}` }], `${POD}.initContainers[0].image`],
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
    { good: loader, blocks: { "an image of another repository": [IMAGE, `registry.example.org/other/apparmor-loader@${DIGEST}`] } },
    { good: { ...evaluator, props: { kind: "Pod" } }, posture: { imageRepositories: [] }, blocks: { "any image": ["spec", { containers: [{ image: `${REPOSITORY}@${DIGEST}` }] }, "spec.containers[0].image"] } },
);

describe("policy: approved-images, in words", () => {
    it("names the approved repositories", () => {
        assert.equal(approvedImages.check(change(evaluator, IMAGE, "x"), posture)[0]?.must, "an image of registry.example.org/wikifunctions/");
    });
});
