import { PolicyPack } from "@pulumi/policy";
import { getStack } from "@pulumi/pulumi";
import { rules } from "./index";
import { policiesOf } from "./pack";
import { postureOf } from "./postures/posture";

// Pulumi loads this file; everything else can be imported without serving anything.
new PolicyPack("wikifunctions", { policies: policiesOf(rules, postureOf(getStack())), enforcementLevel: "mandatory" });
