import { readdir, readFile } from "node:fs/promises";
import path from "node:path";

/** Pulumi ends a pack by force, so that it can't tell anything at its end: it tells as it goes. Milliseconds. */
const EVERY = 100;

/** Options of node by which each pack's process keeps a file of its name that says the processor time it has taken so far, in microseconds. */
export function tellProcessorTime(folder: string): string {
    const tell = `writeFileSync(${JSON.stringify(folder)}+'/'+process.pid,String(Object.values(process.cpuUsage()).reduce((a,b)=>a+b)))`;
    const script = `import{writeFileSync}from'node:fs';if(process.argv[1]?.includes('run-policy-pack'))setInterval(()=>${tell},${String(EVERY)}).unref()`;
    return `--import=data:text/javascript,${encodeURIComponent(script)}`;
}

/** What all packs have taken that told it there, in seconds. */
export async function processorSeconds(folder: string): Promise<number> {
    const told = await Promise.all((await readdir(folder)).map((file) => readFile(path.join(folder, file), "utf8")));
    return told.reduce((sum, microseconds) => sum + Number(microseconds), 0) / 1e6;
}

/** The files of a pack that judges nothing: what Pulumi's SDK takes by itself. */
export const NO_PACK: Readonly<Record<string, string>> = {
    "PulumiPolicy.yaml": "runtime: nodejs\nmain: index.js\n",
    "package.json": "{\"name\":\"nothing\",\"version\":\"0.0.0\",\"main\":\"index.js\"}\n",
    "index.js": `"use strict";
const { PolicyPack } = require("@pulumi/policy");
const policy = (name, rest) => ({ name, description: name, enforcementLevel: "mandatory", ...rest });
new PolicyPack("nothing", { policies: [policy("each-resource", { validateResource() {} }), policy("whole-stack", { validateStack() {} })] });
`,
};
