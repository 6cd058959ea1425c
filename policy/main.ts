import { PolicyPack } from "@pulumi/policy";
import { getStack } from "@pulumi/pulumi";
import { rules } from "./rules/index";
import { takeNoConfiguration } from "./no-configuration";
import { policiesOf } from "./pack";
import { postureOf } from "./posture/posture";

// Pulumi loads this file; everything else can be imported without serving anything.
takeNoConfiguration();
new PolicyPack("wikifunctions", { policies: policiesOf(rules, postureOf(getStack()), getStack()), enforcementLevel: "mandatory" });
