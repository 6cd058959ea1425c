import { noServiceAccountToken } from "../../../policy/rules/no-service-account-token";
import { evaluator, serviceAccount } from "../fixtures";
import { change, judge, POD } from "../harness";

judge(
    noServiceAccountToken,
    {
        good: evaluator,
        passes: { "the older name of the account in agreement": [[`${POD}.serviceAccount`, "evaluator-python"]], "the older name of the account, left empty": [[`${POD}.serviceAccount`, ""]] },
        blocks: {
            "a token": [`${POD}.automountServiceAccountToken`, true],
            "a token by default": [`${POD}.automountServiceAccountToken`, undefined],
            "the text \"false\"": [`${POD}.automountServiceAccountToken`, "false"],
            "the default account": [`${POD}.serviceAccountName`, "default"],
            "an empty account, which is the default one": [`${POD}.serviceAccountName`, ""],
            "no account": [`${POD}.serviceAccountName`, undefined],
            "another account by the older name": [`${POD}.serviceAccount`, "admin"],
        },
    },
    {
        good: serviceAccount,
        blocks: {
            "a token": ["automountServiceAccountToken", true],
            "a token by default": ["automountServiceAccountToken", undefined],
            "secrets": ["secrets", [{ name: "token" }]],
        },
    },
    { good: change(serviceAccount, "kind", undefined), blocks: { "a token, whatever its kind says": ["automountServiceAccountToken", true] } },
    { good: { ...serviceAccount, type: "kubernetes:core/v1:ConfigMap" }, blocks: { "a token, whatever its type says": ["automountServiceAccountToken", true] } },
);
