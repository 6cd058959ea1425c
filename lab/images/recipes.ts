import path from "node:path";
import { REPOSITORY } from "../../cli/repository";
import { Problem } from "../../cli/problem";
import type { ImageConfig } from "./archive";
import { readDockerfile } from "./dockerfile";

/** A file that an image has beside those of its packages. */
export interface File {
    /** Path on this machine. */
    readonly from: string;
    readonly to: string;
    /** In octal digits. */
    readonly mode?: string | undefined;
}

export interface Recipe {
    /** Debian packages, unpacked with all that they depend on: a layer, which images with the same packages share. */
    readonly packages: readonly string[];
    readonly files: readonly File[];
    readonly config: ImageConfig;
}

/** What stands for Debian's base images, as far as scripts need it: a shell and the usual small programs. */
const BASES: Readonly<Record<string, readonly string[]>> = {
    "debian:bookworm-slim": ["dash", "coreutils", "sed", "grep"],
};
const LOADER = path.join(REPOSITORY, "infra/apparmor/image/Dockerfile");

const PATH = "PATH=/usr/local/bin:/usr/bin";
/** The locale C.UTF-8 and the time zones, which a language's own library asks for. */
const COMMON = ["libc-bin", "tzdata"];
/** As upstream's images have it. */
const SERVICE: ImageConfig = { User: "900:900", WorkingDir: "/srv/service" };

/** An evaluator takes code by HTTP on port 6927 and runs it in a child process, in the same language. */
function evaluator(language: string, extension: string, interpreter: string, packages: readonly string[]): Recipe {
    const from = (program: string): string => path.join(__dirname, language, `${program}.${extension}`);
    return {
        packages: [...packages, ...COMMON],
        files: [
            { from: from("service"), to: `/srv/service/service.${extension}` },
            { from: from("executor"), to: `/srv/executors/${language}/executor.${extension}` },
        ],
        config: { ...SERVICE, Env: [PATH], Cmd: [interpreter, `/srv/service/service.${extension}`] },
    };
}

/** The offline twin of the loader's Dockerfile, which decides what is in it. */
function loader(): Recipe {
    const { base, packages, copies, config } = readDockerfile(LOADER);
    const basic = BASES[base];
    if (basic === undefined) {
        throw new Problem(`${LOADER} builds on ${base}; the build without docker knows only ${Object.keys(BASES).join(", ")}.`);
    }
    return { packages: [...basic, ...packages], files: copies, config: { Env: ["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"], ...config } };
}

export const PAUSE_RECIPE: Recipe = {
    packages: ["busybox-static"],
    files: [],
    config: { Cmd: ["/usr/bin/busybox", "sh", "-c", "trap 'exit 0' TERM INT; while :; do busybox sleep 86400 & wait $!; done"], Env: [PATH] },
};

/** How each image of the stack is made, by its repository. They stand for upstream's, which can't be had here: the same outside, little within. */
export const RECIPES: Readonly<Record<string, () => Recipe>> = {
    "function-orchestrator": () => ({
        packages: ["nodejs", ...COMMON],
        files: [{ from: path.join(__dirname, "orchestrator/service.cjs"), to: "/srv/service/service.cjs" }],
        config: { ...SERVICE, Env: [PATH], Cmd: ["node", "/srv/service/service.cjs"] },
    }),
    "function-evaluator/rusty-py": () => evaluator("python", "py", "python3", ["python3"]),
    "function-evaluator/rusty-js": () => evaluator("javascript", "cjs", "node", ["nodejs"]),
    "function-evaluator/lua": () => evaluator("lua", "lua", "lua5.4", ["lua5.4", "lua-cjson", "lua-luv", "lua-socket"]),
    "apparmor-loader": loader,
};

/** @throws Problem for an image that can't be made here */
export function recipeOf(repository: string): Recipe {
    const make = Object.hasOwn(RECIPES, repository) ? RECIPES[repository] : undefined;
    if (make === undefined) {
        throw new Problem(`The stack asks for the image ${repository}, which lab/images/recipes.ts doesn't know how to make; it knows ${Object.keys(RECIPES).join(", ")}.`);
    }
    return make();
}
