import { generateKeyPairSync, randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { stringify } from "yaml";
import { ownFolder, writeWhole } from "../files";
import { files } from "./components";

/** Name of the context in the kubeconfig; the stack `local` asks for it. */
export const CONTEXT = "wikifunctions-lab";

const TOKEN_BYTES = 32;
const KEY_BITS = 2048;

async function once(file: string, make: () => string): Promise<void> {
    if (!existsSync(file)) {
        await writeWhole(file, make());
    }
}

/** Gives a new cluster its key and its administrator a random token; an old one keeps them. */
export async function makeIdentity(directory: string): Promise<void> {
    const { signingKey, tokens, certificates } = files(directory);
    // The API server would make it for everybody to read.
    await ownFolder(certificates);
    await once(signingKey, () => generateKeyPairSync("rsa", { modulusLength: KEY_BITS }).privateKey.export({ type: "pkcs8", format: "pem" }).toString());
    await once(tokens, () => `${randomBytes(TOKEN_BYTES).toString("hex")},lab-admin,lab-admin,"system:masters"\n`);
}

/** The administrator's token. Never print it. */
export async function adminToken(directory: string): Promise<string> {
    return (await readFile(files(directory).tokens, "utf8")).split(",")[0] ?? "";
}

export async function writeKubeconfig(directory: string, port: number): Promise<void> {
    const { kubeconfig, certificate } = files(directory);
    const name = CONTEXT;
    await writeWhole(kubeconfig, stringify({
        apiVersion: "v1",
        kind: "Config",
        "current-context": name,
        clusters: [{ name, cluster: { server: `https://127.0.0.1:${port}`, "certificate-authority": certificate } }],
        users: [{ name, user: { token: await adminToken(directory) } }],
        contexts: [{ name, context: { cluster: name, user: name } }],
    }));
}
