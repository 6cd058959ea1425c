import { UNKNOWN } from "../../../policy/model/resource";
import { noImagePullSecrets } from "../../../policy/rules/no-image-pull-secrets";
import { evaluator, loader, serviceAccount } from "../fixtures";
import { judge, POD } from "../harness";

const SECRETS = [{ name: "registry" }];

judge(
    noImagePullSecrets,
    {
        good: evaluator,
        passes: { "an empty list": [[`${POD}.imagePullSecrets`, []]] },
        blocks: {
            "a pull secret": [`${POD}.imagePullSecrets`, SECRETS],
            "a pull secret without a name": [`${POD}.imagePullSecrets`, [{}]],
            "unknown pull secrets": [`${POD}.imagePullSecrets`, UNKNOWN],
        },
    },
    { good: loader, blocks: { "a pull secret": [`${POD}.imagePullSecrets`, SECRETS] } },
    {
        good: serviceAccount,
        passes: { "an empty list": [["imagePullSecrets", []]] },
        blocks: { "a pull secret for all of its pods": ["imagePullSecrets", SECRETS], "unknown pull secrets": ["imagePullSecrets", UNKNOWN] },
    },
    { good: { ...serviceAccount, type: "kubernetes:core/v1:ConfigMap" }, blocks: { "a pull secret, whatever its type says": ["imagePullSecrets", SECRETS] } },
);
