import { noSecretsInEnvironment } from "../../../policy/rules/no-secrets-in-environment";
import { evaluator } from "../fixtures";
import { CONTAINER, judge, POD } from "../harness";

judge(noSecretsInEnvironment, {
    good: evaluator,
    blocks: {
        "a secret": [`${CONTAINER}.env[0].valueFrom`, { secretKeyRef: { name: "s", key: "k" } }],
        "all of a secret": [`${CONTAINER}.envFrom`, [{ secretRef: { name: "s" } }]],
        "the addresses of every service": [`${POD}.enableServiceLinks`, true],
        "the addresses of every service by default": [`${POD}.enableServiceLinks`, undefined],
    },
});
