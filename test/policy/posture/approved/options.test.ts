import assert from "node:assert/strict";
import type { Resource } from "../../../../policy/model/resource";
import { optionDifferences } from "../../../../policy/posture/approved/options";
import { resource } from "../../fixtures";

type Options = Partial<Resource["options"]>;

const plain = resource("kubernetes:core/v1:Service", "x", {});
const made = (options: Options): Resource => ({ ...plain, options: { ...plain.options, ...options } });

interface Told {
    readonly path: string;
    readonly verdict: string;
    readonly is: string;
    readonly must: string;
}

function told(approved: Resource, now: Resource): Told[] {
    return optionDifferences(approved, now).map(({ path, verdict, is, must }) => ({ path, verdict, is, must }));
}

const [ALIASES, TIMEOUTS] = [{ aliases: ["urn:a"] }, { customTimeouts: { create: 60 } }] as const;

/** By what is compared: the approved options, those now, and what is told of them. */
const CASES: Readonly<Record<string, readonly [approved: Options, now: Options, found: readonly Told[]]>> = {
    "protection that is added": [{}, { protect: true }, [{ path: "the option protect", verdict: "tighter", is: "true", must: "left out, as approved" }]],
    "protection that is taken away": [{ protect: true }, {}, [{ path: "the option protect", verdict: "looser", is: "not set", must: "true, as approved" }]],
    "an alias that is added": [{}, ALIASES, [{ path: "the option aliases", verdict: "looser", is: "a list of 1", must: "left out, as approved" }]],
    "another alias": [ALIASES, { aliases: ["urn:b"] }, [{ path: "the option aliases", verdict: "looser", is: "a list of 1", must: '["urn:a"], as approved' }]],
    "a time limit of Pulumi's that is added": [{}, TIMEOUTS, [{ path: "the option customTimeouts", verdict: "looser", is: "an object", must: "left out, as approved" }]],
    "an output that is made a secret": [
        {}, { additionalSecretOutputs: ["x"] }, [{ path: "the option additionalSecretOutputs", verdict: "looser", is: "a list of 1", must: "left out, as approved" }],
    ],
    "the same options": [{ protect: true, ...ALIASES, ...TIMEOUTS }, { protect: true, ...ALIASES, ...TIMEOUTS }, []],
    "options that are empty": [{}, { protect: false, aliases: [], customTimeouts: {}, additionalSecretOutputs: [] }, []],
};

describe("policy: where Pulumi's options aren't as approved", () => {
    for (const [what, [approved, now, found]] of Object.entries(CASES)) {
        it(`is told for ${what}`, () => { assert.deepEqual(told(made(approved), made(now)), found); });
    }

    it("is told in places that nothing orders, and that are no fields", () => {
        const elsewhere = { ...made(ALIASES), urn: "urn:pulumi:stack::project::kubernetes:core/v1:Service::y" };
        const found = optionDifferences(plain, elsewhere).map(({ path, keys, isOrdered }) => ({ path, keys, isOrdered }));
        assert.deepEqual(found, [{ path: "the option aliases", keys: [], isOrdered: false }, { path: "its place in Pulumi", keys: [], isOrdered: false }]);
    });

    it("is told for another place in Pulumi, with what comes of it", () => {
        const [there, here] = ["kubernetes:core/v1:Service::x", "kubernetes:core/v1:Service::y"];
        const [approved, now] = [there, here].map((place) => ({ ...plain, urn: `urn:pulumi:stack::project::${place}` })) as [Resource, Resource];
        const must = `${there}, because Pulumi makes it anew under another, and then deletes what stands there`;
        assert.deepEqual(told(approved, now), [{ path: "its place in Pulumi", verdict: "looser", is: `"${here}"`, must }]);
    });

    it("isn't told of what no Pulumi program makes", () => {
        assert.deepEqual(optionDifferences(plain, { ...made(ALIASES), urn: "manifest" }), []);
    });
});
