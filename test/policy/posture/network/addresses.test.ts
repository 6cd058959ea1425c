import assert from "node:assert/strict";
import { mayHoldPods } from "../../../../policy/posture/network/addresses";
import type { Value } from "../../../../policy/model/resource";
import { posture } from "../../network-fixtures";

const may = (block: Value): boolean => mayHoldPods({ path: "", value: block }, posture);

/** An address range of each kind, and whether a cluster may give its pods addresses from it. */
const RANGES: Readonly<Record<string, boolean>> = {
    "10.1.0.0/16": true, "172.16.5.0/24": true, "172.31.255.0/24": true, "172.32.0.0/16": false, "192.168.3.0/24": true, "192.169.0.0/16": false,
    "100.64.0.0/16": true, "100.128.0.0/16": false, "203.0.113.0/24": false, "8.8.8.8/32": false, "0.0.0.0/0": true,
    "fd00:1::/64": true, "fe80::/10": false, "2a02:ec80::/32": true, "4000::/3": false, "::/0": true,
};

describe("policy: addresses that pods may have", () => {
    for (const [cidr, expected] of Object.entries(RANGES)) {
        it(`${expected ? "are" : "are none"} in ${cidr}`, () => { assert.equal(may({ cidr }), expected); });
    }

    it("are none in what is excepted as a whole, and some where a part is left", () => {
        assert.equal(may({ cidr: "172.16.0.0/12", except: ["172.16.0.0/12"] }), false);
        assert.equal(may({ cidr: "172.16.0.0/12", except: ["172.16.0.0/13"] }), true);
        assert.equal(may({ cidr: "172.16.0.0/12", except: ["172.16.0.0/13", "172.24.0.0/13"] }), false);
    });

    it("may be in what can't be read", () => {
        assert.deepEqual([may({}), may({ cidr: "10.1" }), may("10.0.0.0/8"), may({ cidr: "192.168.0.0/16", except: ["x"] })], [true, true, true, true]);
    });
});
