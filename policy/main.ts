import { PolicyPack } from "@pulumi/policy";
import { Config, getStack } from "@pulumi/pulumi";
import { rules } from "./rules/index";
import { takeNoConfiguration } from "./no-configuration";
import { policiesOf } from "./pack";
import { verifiedPosture } from "./verified";

// Only Pulumi runs this file, by way of main.cjs; everything else can be imported without serving anything.
takeNoConfiguration();
const surroundings = { kubeconfig: process.env["KUBECONFIG"], clusterId: new Config("wikifunctions").get("clusterId") ?? "" };
new PolicyPack("wikifunctions", { policies: policiesOf(rules, verifiedPosture(getStack(), surroundings), getStack()), enforcementLevel: "mandatory" });
