import { generateKeyPairSync, randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { readFile, rm } from "node:fs/promises";
import execa from "execa";
import { stringify } from "yaml";
import { ownFolder, writeWhole } from "../files";
import { Problem } from "../../cli/problem";
import { files } from "./layout";

/** Name of the context in the kubeconfig; the stack `local` asks for it. */
export const CONTEXT = "wikifunctions-lab";

const TOKEN_BYTES = 32;
const KEY_BITS = 2048;

/**
 * Who the API server knows by a token, and the groups they are in: the administrator, the scheduler, which admission policies tell from one,
 * and what runs on a node.
 */
const USERS = {
    "lab-admin": "system:masters",
    "system:kube-scheduler": "",
    "system:node:localhost": "system:nodes",
    "system:kube-proxy": "",
    "lab-network-policies": "",
} as const;

export type User = keyof typeof USERS;

async function once(file: string, make: () => string): Promise<void> {
    if (!existsSync(file)) {
        await writeWhole(file, make());
    }
}

/**
 * Makes the certificate by which a kubelet knows the API server: it is its own authority.
 * @throws Problem where there is no openssl
 */
async function makeClientCertificate(directory: string): Promise<void> {
    const { clientCertificate } = files(directory);
    if (existsSync(clientCertificate)) {
        return;
    }
    const partial = `${clientCertificate}.new`;
    const { failed, stderr } = await execa("openssl", [
        "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "3650", "-subj", "/CN=kube-apiserver", "-addext", "extendedKeyUsage=clientAuth",
        "-keyout", partial, "-out", `${partial}.crt`,
    ], { reject: false });
    if (failed) {
        throw new Problem(`openssl could not make a certificate:\n${stderr}`);
    }
    const parts = await Promise.all([partial, `${partial}.crt`].map((file) => readFile(file, "utf8")));
    await writeWhole(clientCertificate, parts.join(""));
    await Promise.all([partial, `${partial}.crt`].map((file) => rm(file)));
}

/** Gives each user who has none a random token. */
async function makeTokens(file: string): Promise<void> {
    const known = existsSync(file) ? await readFile(file, "utf8") : "";
    const missing = Object.entries(USERS).filter(([user]) => !known.includes(`,${user},`));
    if (missing.length > 0) {
        await writeWhole(file, known + missing.map(([user, groups]) => `${randomBytes(TOKEN_BYTES).toString("hex")},${user},${user},"${groups}"\n`).join(""));
    }
}

/** Gives a new cluster its key and its users their tokens; an old one keeps them. */
export async function makeIdentity(directory: string, withNode: boolean = false): Promise<void> {
    const { signingKey, tokens, certificates } = files(directory);
    // The API server would make it for everybody to read.
    await ownFolder(certificates);
    await once(signingKey, () => generateKeyPairSync("rsa", { modulusLength: KEY_BITS }).privateKey.export({ type: "pkcs8", format: "pem" }).toString());
    await makeTokens(tokens);
    if (withNode) {
        await makeClientCertificate(directory);
    }
}

/** A user's token. Never print it. */
export async function tokenOf(directory: string, user: User): Promise<string> {
    const line = (await readFile(files(directory).tokens, "utf8")).split("\n").find((candidate) => candidate.split(",")[1] === user);
    return line?.split(",")[0] ?? "";
}

/** The administrator's token. Never print it. */
export const adminToken = (directory: string): Promise<string> => tokenOf(directory, "lab-admin");

/** The kubeconfig of a user, for a server at an address. */
export function kubeconfigFor(server: string, certificate: string, token: string): string {
    const name = CONTEXT;
    return stringify({
        apiVersion: "v1",
        kind: "Config",
        "current-context": name,
        clusters: [{ name, cluster: { server, "certificate-authority": certificate } }],
        users: [{ name, user: { token } }],
        contexts: [{ name, context: { cluster: name, user: name } }],
    });
}

/** The administrator's kubeconfig, and the scheduler's. */
export async function writeKubeconfigs(directory: string, port: number): Promise<void> {
    const { kubeconfig, schedulerKubeconfig, certificate } = files(directory);
    for (const [file, user] of [[kubeconfig, "lab-admin"], [schedulerKubeconfig, "system:kube-scheduler"]] as const) {
        await writeWhole(file, kubeconfigFor(`https://127.0.0.1:${port}`, certificate, await tokenOf(directory, user)));
    }
}
