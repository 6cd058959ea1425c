import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { isDeepStrictEqual } from "node:util";
import execa from "execa";
import { asWritten } from "../../../policy/manifests/assigned";
import { read } from "../../../policy/manifests/read";
import { manifestsIn } from "../../../policy/manifests/to-resource";
import { Unreadable } from "../../../policy/manifests/unreadable";
import { skip } from "../../missing";
import { documents, SEEDS } from "./reader/documents";

const FOLDER = path.join(__dirname, "reader");
/** Set these for a longer hunt: the seed is printed with what it finds. */
const SEED = Number(process.env["READER_SEED"] ?? 18);
const COUNT = Number(process.env["READER_COUNT"] ?? 8000);
/** How much of what Kubernetes reads has to be read too, or else refusing everything would pass. */
const READ_SHARE = 0.6;

interface Theirs {
    readonly documents: readonly unknown[];
    readonly objects: readonly { readonly kind: string }[];
    readonly error?: string;
    readonly noObject?: string;
}

/** What both readings come down to: JSON knows neither -0 nor a field that isn't set, and numbers are compared as JavaScript has them. */
function plain(value: unknown): unknown {
    return JSON.parse(JSON.stringify(value));
}

/** What is no map is no object, for both; ours is refused in the second step. */
function isMap(value: unknown): boolean {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}

function readingOf(text: string): { readonly documents: unknown; readonly objects?: unknown } | undefined {
    try {
        const contents = [...read("f", Buffer.from(text))];
        if (!contents.every(({ value }) => isMap(value))) {
            return undefined;
        }
        return { documents: plain(contents.map(({ value }) => value)), ...objectsIn(contents) };
    } catch (error) {
        assert.ok(error instanceof Unreadable, `${JSON.stringify(text)}: ${String(error)}`);
        return undefined;
    }
}

function objectsIn(contents: readonly Parameters<typeof manifestsIn>[0][]): { readonly objects?: unknown } {
    try {
        return { objects: plain(contents.flatMap((content) => [...manifestsIn(content)].map(({ resource }) => resource.props))) };
    } catch (error) {
        assert.ok(error instanceof Unreadable);
        return {};
    }
}

describe("check: Kubernetes' own reader", function () {
    this.timeout(300_000);
    let folder: string;
    before(async function () {
        folder = mkdtempSync(path.join(tmpdir(), "wikifunctions-reader-"));
        const built = await execa("go", ["build", "-o", path.join(folder, "reader"), "."], { cwd: FOLDER, reject: false, env: { GOTOOLCHAIN: "local" } });
        if (built.failed) {
            skip(this, "comparison with Kubernetes' own reader of YAML", "the Go module k8s.io/apimachinery", "install Go, and let it reach its module proxy");
        }
    });
    after(() => { rmSync(folder, { recursive: true, force: true }); });

    async function theirReadings(texts: readonly string[]): Promise<Theirs[]> {
        const { stdout } = await execa(path.join(folder, "reader"), { input: texts.map((text) => `${JSON.stringify(text)}\n`).join(""), maxBuffer: 2 ** 30 });
        return stdout.split("\n").map((line) => JSON.parse(line) as Theirs);
    }

    it(`reads nothing otherwise in ${String(COUNT)} documents of seed ${String(SEED)}, and most of what it reads`, async () => {
        const texts = documents(SEED, COUNT);
        const theirs = await theirReadings(texts);
        assert.equal(theirs.length, texts.length);
        const otherwise: unknown[] = [];
        let [bothRead, theyRead] = [0, 0];
        theirs.forEach(({ documents: expected, objects, error, noObject }, index) => {
            const text = texts[index] ?? "";
            const ours = readingOf(text);
            const counts = error === undefined && expected.length > 0 && expected.every(isMap);
            theyRead += counts ? 1 : 0;
            bothRead += counts && ours !== undefined ? 1 : 0;
            // What stands before an error has been read, and kubectl applies it.
            const read = error === undefined ? ours?.documents : (ours?.documents as unknown[] | undefined)?.slice(0, expected.length);
            const written = plain(objects.map((object) => asWritten({ ...object })));
            const isJudged = error === undefined && ours?.objects !== undefined;
            if (ours !== undefined && (!isDeepStrictEqual(read, plain(expected)) || (isJudged && (noObject !== undefined || !isDeepStrictEqual(ours.objects, written))))) {
                otherwise.push({ text, ours, theirs: theirs[index] });
            }
        });
        assert.deepEqual(otherwise.map((one) => JSON.stringify(one)), []);
        assert.ok(theyRead > COUNT / 20 && bothRead / theyRead > READ_SHARE, `${String(bothRead)} of ${String(theyRead)}`);
    });

    it("judges nothing in which kubectl finds a list within a list", async () => {
        const nested = ["PodList\n  items: [{metadata: {name: a}}]", "PodList\n  items: []", "ConfigMap\n  items: [{apiVersion: v1, kind: Pod}]"].map((text) => `apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: ${text}\n`);
        for (const [index, { noObject }] of (await theirReadings(nested)).entries()) {
            assert.match(noObject ?? "", /no Items field/);
            assert.equal(readingOf(nested[index] ?? "")?.objects, undefined);
        }
    });

    it("reads everything in the manifests that the documents are made of", async () => {
        const texts = SEEDS;
        for (const [index, { documents: expected, error }] of (await theirReadings(texts)).entries()) {
            assert.equal(error, undefined);
            assert.deepEqual(readingOf(texts[index] ?? "")?.documents, plain(expected));
        }
    });
});
