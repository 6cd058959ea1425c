import { PolicyPack } from "@pulumi/policy";
import { Config } from "@pulumi/pulumi";
import type { Posture } from "./posture/posture";
import { rules } from "./rules/index";
import { takeNoConfiguration } from "./no-configuration";
import { policiesOf } from "./pack";
import { verifiedPosture } from "./verified";

// Only Pulumi runs this file, by way of main.cjs; everything else can be imported without serving anything.
takeNoConfiguration();
/** As `pulumi preview` and `up` tell it. `pulumi policy analyze` tells a pack neither the stack nor its config: each URN has the name. */
const told = process.env["PULUMI_NODEJS_STACK"];
const clusterId = told === undefined ? undefined : new Config("wikifunctions").get("clusterId") ?? "";
const postures = new Map<string, Posture>();

function postureOf(stack: string): Posture {
    const posture = postures.get(stack) ?? verifiedPosture(stack, { kubeconfig: process.env["KUBECONFIG"], clusterId });
    postures.set(stack, posture);
    return posture;
}

if (told !== undefined) {
    // Before anything is judged: what is wrong with the stack's files is then said by itself.
    postureOf(told);
}
new PolicyPack("wikifunctions", { policies: policiesOf(rules, (stack) => postureOf(told ?? stack)), enforcementLevel: "mandatory" });
