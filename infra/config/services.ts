import { z } from "zod";
import { flag, integer, object, resources, text } from "./fields";
import { image } from "./image";
import { LANGUAGES } from "../languages";

/** A request that needs a minute has failed: above this, a time limit limits nothing. */
const LONGEST_TIMEOUT_MS = 60_000;
const timeoutMs = integer(100, LONGEST_TIMEOUT_MS, " milliseconds");

const service = { image, replicas: integer(0, 50), resources, timeoutMs };

const url = text(/^https?:\/\/[^\s@]+$/, "an http or https address without credentials, because user code could read them");
const host = text(/^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/, "a host name");

export const orchestrator = object({
    ...service,
    wikiApiUrl: url,
    wikiVirtualHost: host.default("www.wikifunctions.org"),
    wikidataApiUrl: url,
    wikidataVirtualHost: host.default("www.wikidata.org"),
    useWikidata: flag.default(true),
    memcachedUri: text(/^[a-z0-9.-]+:\d+$/, "host:port").optional(),
});
export type OrchestratorConfig = z.output<typeof orchestrator>;

const zid = text(/^(Z[1-9]\d*|[a-z][a-z0-9-]*)$/, "a programming language as the orchestrator knows it, such as Z610");

const evaluator = object({
    ...service,
    processPoolSize: integer(1, 64),
    /** Ceiling of one executor's memory, in WebAssembly pages of 64 KiB; 65536 pages are all that 32 bits address. */
    wasmtimeMemoryPages: integer(1, 65_536, " pages of 64 KiB"),
    wasmtimeFuelLimit: integer(1, 1_000_000_000_000),
    maxRequestsPerId: integer(1, 10_000).default(100),
    /** How far pool size × pages may exceed the container's memory limit; 1 means that a full pool fits. */
    memoryOvercommit: z.number({ error: "a number from 1 to 10" }).min(1, { error: "a number from 1 to 10" }).max(10, { error: "a number from 1 to 10" }).default(1),
    /** Whether user code may call back into the orchestrator; opens one connection, to its callback listener. */
    reentrance: flag.default(false),
    programmingLanguages: z.array(zid, { error: "a list of programming languages" }).min(1, { error: "at least one programming language" }).optional(),
    runtimeClassName: z.string({ error: "the name of one of runtimeClasses" }).optional(),
});
export type EvaluatorConfig = z.output<typeof evaluator>;

/** One optional entry a language, so that a misspelt language is an unknown key. */
export const evaluators = object(
    Object.fromEntries(LANGUAGES.map((language) => [language, evaluator.optional()])) as Record<(typeof LANGUAGES)[number], z.ZodOptional<typeof evaluator>>,
).refine((value) => Object.keys(value).length > 0, { error: "at least one evaluator" });
