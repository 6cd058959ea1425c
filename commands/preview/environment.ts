import { delimiter, isAbsolute, relative, resolve } from "node:path";
import { cacheDirectory, labDirectory } from "../../lab/paths";

/** Where things are, how text is shown, and which cluster it is. */
const KEPT = [
    "PATH", "HOME", "USER", "LOGNAME", "TMPDIR", "LANG", "LC_ALL", "TZ", "TERM", "NO_COLOR",
    "KUBECONFIG", "HTTPS_PROXY", "HTTP_PROXY", "NO_PROXY", "https_proxy", "http_proxy", "no_proxy", "SSL_CERT_FILE", "SSL_CERT_DIR",
];

/** What the Pulumi CLI takes to reach a stack's state. Neither the program nor the pack gets it. */
export const OF_THE_CLI = ["PULUMI_BACKEND_URL", "PULUMI_HOME", "PULUMI_ACCESS_TOKEN", "PULUMI_CONFIG_PASSPHRASE", "PULUMI_CONFIG_PASSPHRASE_FILE"];

/** Whether a file is a folder, or lies in it. */
export const isInside = (folder: string, file: string): boolean => !/^\.\.(\/|$)/.test(relative(folder, file));

/** Absolute folders of a list, and none in that which isn't trusted. */
function pathOutside(folder: string, list: string): string {
    return list.split(delimiter).filter((each) => isAbsolute(each) && !isInside(folder, each)).join(delimiter);
}

/**
 * The environment of a preview of somebody else's change: of the variables only those that are known, so that none loads code, sets an
 * option of a tool, or holds a secret of the pipeline.
 * @param untrusted folder that no program is run from
 */
export function cleanEnvironment(env: NodeJS.ProcessEnv, untrusted: string): Readonly<Record<string, string>> {
    const kept: Record<string, string> = Object.fromEntries([...KEPT, ...OF_THE_CLI].flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]] as const])));
    return {
        ...kept,
        PATH: pathOutside(untrusted, env["PATH"] ?? ""),
        ...(env["KUBECONFIG"] === undefined ? {} : { KUBECONFIG: env["KUBECONFIG"].split(delimiter).map((file) => (file === "" ? "" : resolve(file))).join(delimiter) }),
        WIKIFUNCTIONS_LAB_DIR: labDirectory(env),
        WIKIFUNCTIONS_LAB_CACHE: cacheDirectory(env),
        // It would take it from where the program says, run it beside the pack, and keep it for later previews.
        PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
        PULUMI_SKIP_UPDATE_CHECK: "true",
    };
}
