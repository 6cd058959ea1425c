import { readFileSync } from "node:fs";
import Module from "node:module";
import path from "node:path";
import Mocha from "mocha";
import ts from "typescript";
import { Problem } from "../../cli/problem";
import { REPOSITORY } from "../../cli/repository";
import type { Mutant } from "./mutants";

/** What the instrumented code reads and writes. */
interface Switchboard {
    activeMutant?: string | undefined;
    currentTestId?: string | undefined;
    /** How often the active mutant has been met, and from when on it is in an endless loop. */
    hitCount?: number;
    hitLimit?: number;
    /** How often each mutant was met while files were loaded, and by test. */
    mutantCoverage: { readonly static: Record<string, number>; readonly perTest: Record<string, Record<string, number>> };
}

/** Tests that meet a mutant: those of one file, or all of them where loading the file meets it. */
interface Covering {
    readonly file: string;
    readonly titles: readonly string[] | "all";
}

/** Hits of a mutant, beyond those without a mutation times the factor, that make a loop an endless one. */
const HIT_FACTOR = 100;
const HIT_LEAST = 10_000;
/** The same by time, for loops that build up ever more: milliseconds, beyond those of the file's tests without a mutation times the factor. */
const TIME_FACTOR = 10;
const TIME_LEAST = 15_000;
/** How many hits between two looks at the clock. */
const CLOCK_INTERVAL = 256;
const LOADING = "loading";
/** Milliseconds. */
const TIMEOUT = 600_000;
const OPTIONS: ts.CompilerOptions = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022, esModuleInterop: true };

/** The tests of the policy pack, in this process, on instrumented code. */
export class Suite {
    private readonly board: Switchboard = { mutantCoverage: { static: {}, perTest: {} } };
    /** By test file: how long its tests take, in milliseconds. */
    private readonly times = new Map<string, number>();
    /** When a mutant is in an endless loop. */
    private deadline = Infinity;
    /** Mutants that act while a file is loaded. */
    private readonly early = new Set<string>();

    /** @param code instrumented sources, by path in the repository. @param files test files, by path in the repository */
    constructor(code: ReadonlyMap<string, string>, private readonly files: readonly string[]) {
        (globalThis as { __stryker__?: Switchboard }).__stryker__ = this.board;
        this.watch();
        serve(code);
    }

    /** Runs every test without a mutant, so that it is known which tests meet which. @throws Problem with the test that fails even so */
    async rehearse(progress: (file: string) => void): Promise<void> {
        for (const file of this.files) {
            progress(file);
            unload(isOurs);
            const started = performance.now();
            const failed = await this.run(file);
            this.times.set(file, performance.now() - started);
            if (failed !== undefined) {
                throw new Problem(`${file}: "${failed}" fails without any mutant, so that nothing can be said about mutants.`);
            }
        }
        const { perTest } = this.board.mutantCoverage;
        Object.keys(perTest).filter((test) => test.endsWith(`\n${LOADING}`)).flatMap((test) => Object.keys(perTest[test] ?? {})).forEach((id) => this.early.add(id));
    }

    /**
     * @param within the source's own tests are enough for a mutant whose survival is explained, which would otherwise meet every test
     * @returns the test that notices the mutant, or undefined where none does
     */
    async killerOf({ id, file: source }: Mutant, within: "own tests" | "all tests" = "all tests"): Promise<string | undefined> {
        const { perTest } = this.board.mutantCoverage;
        const hits = Object.values(perTest).reduce((sum, hitsOf) => sum + (hitsOf[id] ?? 0), 0);
        Object.assign(this.board, { activeMutant: id, hitCount: 0, hitLimit: HIT_LEAST + HIT_FACTOR * hits });
        // What tests hold has to be new for each mutant, as the model remembers what it has read in it; the pack itself only where the mutant acts on loading.
        const changed = this.early.has(id) ? isOurs : isTest;
        unload(changed);
        try {
            for (const { file, titles } of this.covering(id, source).filter((each) => within === "all tests" || each.file === mirrorOf(source))) {
                this.deadline = performance.now() + TIME_LEAST + TIME_FACTOR * (this.times.get(file) ?? 0);
                const killer = await this.run(file, titles);
                if (killer !== undefined) {
                    return `${file}: ${killer}`;
                }
            }
            return undefined;
        } finally {
            this.board.activeMutant = undefined;
            this.deadline = Infinity;
            unload(changed);
        }
    }

    /** Has the clock looked at where hits are counted, the only place that every endless loop through a mutant comes by. */
    private watch(): void {
        let count = 0;
        const set = (hits: number): void => {
            count = hits;
            if (hits % CLOCK_INTERVAL === 0 && performance.now() > this.deadline) {
                throw new Error("The mutant is in an endless loop.");
            }
        };
        Object.defineProperty(this.board, "hitCount", { get: () => count, set });
    }

    /** The source's own tests first, then those beside them, and of the others those that take the least time. */
    private covering(id: string, source: string): Covering[] {
        const { perTest } = this.board.mutantCoverage;
        const own = mirrorOf(source);
        const distance = (file: string): number => (file === own ? 0 : path.dirname(file) === path.dirname(own) ? 1 : 2);
        const time = (file: string): number => this.times.get(file) ?? 0;
        return [...this.files].sort((one, other) => distance(one) - distance(other) || time(one) - time(other)).flatMap((file) => {
            const ids = Object.keys(perTest).filter((test) => test.startsWith(`${file}\n`) && perTest[test]?.[id] !== undefined);
            const titles = ids.map((test) => test.slice(file.length + 1));
            return titles.length === 0 ? [] : [{ file, titles: titles.includes(LOADING) ? "all" as const : titles }];
        });
    }

    /** @returns the first test that fails, or what goes wrong when the file is loaded */
    private async run(file: string, titles: Covering["titles"] = "all"): Promise<string | undefined> {
        let failed: string | undefined;
        const { board } = this;
        const mocha = new Mocha({
            timeout: TIMEOUT,
            bail: true,
            ...(titles === "all" ? {} : { grep: new RegExp(`^(?:${titles.map((title) => title.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|")})$`) }),
            reporter: function (runner: Mocha.Runner) { runner.on("fail", (test: Mocha.Runnable) => { failed ??= test.fullTitle(); }); } as unknown as Mocha.ReporterConstructor,
            rootHooks: { beforeEach(this: Mocha.Context) { board.currentTestId = `${file}\n${this.currentTest?.fullTitle() ?? ""}`; } },
        });
        board.currentTestId = `${file}\n${LOADING}`;
        const target = path.join(REPOSITORY, file);
        Reflect.deleteProperty(require.cache, target);
        mocha.addFile(target);
        try {
            await new Promise((resolve) => { mocha.run(resolve); });
            mocha.dispose();
        } catch (error) {
            failed ??= `loading it: ${String(error)}`;
        }
        return failed;
    }
}

/** `policy/rules/x.ts` → `test/policy/rules/x.test.ts`, and the same for a folder below; the model's tests stand a folder higher. */
function mirrorOf(source: string): string {
    return source.replace(/^policy\/(model\/)?/, "test/policy/").replace(/\.ts$/, ".test.ts");
}

/** Makes `require` take these sources instead of what stands in their files, and compile each file of policies and their tests once. */
function serve(code: ReadonlyMap<string, string>): void {
    const compiled = new Map<string, string>();
    const extensions = (Module as unknown as { _extensions: Record<string, (module: unknown, file: string) => void> })._extensions;
    const others = extensions[".ts"];
    extensions[".ts"] = (module, file) => {
        if (!isOurs(file)) {
            others?.(module, file);
            return;
        }
        const source = compiled.get(file) ?? ts.transpileModule(code.get(path.relative(REPOSITORY, file)) ?? readFileSync(file, "utf8"), { compilerOptions: OPTIONS, fileName: file }).outputText;
        compiled.set(file, source);
        (module as { _compile: (text: string, name: string) => void })._compile(source, file);
    };
}

/** Has these files loaded anew when they are required next. */
function unload(isMeant: (file: string) => boolean): void {
    for (const file of Object.keys(require.cache).filter(isMeant)) {
        Reflect.deleteProperty(require.cache, file);
    }
}

function isTest(file: string): boolean {
    return file.startsWith(path.join(REPOSITORY, "test", "policy") + path.sep);
}

/** The pack and its tests. */
function isOurs(file: string): boolean {
    return isTest(file) || (file.startsWith(path.join(REPOSITORY, "policy") + path.sep) && !file.includes(`${path.sep}node_modules${path.sep}`));
}
