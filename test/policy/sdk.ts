import * as proxy from "@pulumi/policy/proxy";
import * as server from "@pulumi/policy/server";
import type { Policies } from "@pulumi/policy";
import * as analyzer from "@pulumi/pulumi/proto/analyzer_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";

/** What the SDK marks as internal and a test needs all the same: its markers of unknown values, and the functions that its server answers with. */
interface Internals {
    readonly unknownBooleanValue: string;
    readonly unknownStringValue: string;
    readonly unknownObjectValue: string;
    readonly unknownArrayValue: string;
    readonly makeAnalyzeRpcFun: Answer;
    readonly makeAnalyzeStackRpcFun: Answer;
    readonly makeRemediateRpcFun: Answer;
}
type Answer = (pack: string, version: string, level: string, policies: Policies) => (call: { request: unknown }, reply: (error: Error | null | undefined, response: Reply) => void) => void;
interface Reply {
    getDiagnosticsList?(): { getPolicyname(): string; getMessage(): string; getEnforcementlevel(): number }[];
}

export const { unknownBooleanValue, unknownStringValue, unknownObjectValue, unknownArrayValue, makeAnalyzeRpcFun, makeAnalyzeStackRpcFun, makeRemediateRpcFun } = { ...proxy, ...server } as unknown as Internals;

/** A resource as the engine sends it. */
export interface Sent {
    readonly urn: string;
    readonly type: string;
    readonly name: string;
    readonly props: Readonly<Record<string, unknown>>;
    readonly provider?: Sent;
}

export interface Diagnostic {
    /** The rule that has found it, where a rule has; otherwise the policy of Pulumi. */
    readonly policy: string;
    readonly message: string;
    readonly mandatory: boolean;
}

/** Has the SDK's own server look at one resource as in a preview, where the engine asks for remediations first. */
export async function analyze(policies: Policies, sent: Sent): Promise<Diagnostic[]> {
    const request = requestOf(sent);
    await answer(makeRemediateRpcFun, policies, request);
    return answer(makeAnalyzeRpcFun, policies, request);
}

/** Has it look at a whole stack, as it does when a preview or an update is done. */
export function analyzeStack(policies: Policies, resources: readonly Sent[], dependencies: readonly string[] = []): Promise<Diagnostic[]> {
    const request = new analyzer.AnalyzeStackRequest();
    request.setResourcesList(resources.map((sent) => {
        const resource = filled(new analyzer.AnalyzerResource(), sent);
        resource.setDependenciesList([...dependencies]);
        return resource;
    }));
    return answer(makeAnalyzeStackRpcFun, policies, request);
}

function requestOf(sent: Sent): analyzer.AnalyzeRequest {
    return filled(new analyzer.AnalyzeRequest(), sent);
}

function filled<Message extends analyzer.AnalyzeRequest | analyzer.AnalyzerResource>(request: Message, { urn, type, name, props, provider }: Sent): Message {
    request.setUrn(urn);
    request.setType(type);
    request.setName(name);
    request.setProperties(structOf(props));
    request.setOptions(new analyzer.AnalyzerResourceOptions());
    if (provider !== undefined) {
        const made = new analyzer.AnalyzerProviderResource();
        made.setUrn(provider.urn);
        made.setType(provider.type);
        made.setName(provider.name);
        made.setProperties(structOf(provider.props));
        request.setProvider(made);
    }
    return request;
}

function structOf(props: Sent["props"]): Struct {
    return Struct.fromJavaScript(props as Parameters<typeof Struct.fromJavaScript>[0]);
}

/** The rule that a message begins with, behind the line with the policy's description that the SDK puts before it. */
function ruleIn(message: string): string | undefined {
    return /^.*\n([a-z-]+): /.exec(message)?.[1];
}

function answer(make: Answer, policies: Policies, request: unknown): Promise<Diagnostic[]> {
    return new Promise((resolve, reject) => {
        make("wikifunctions", "0.0.0", "mandatory", policies)({ request }, (error, response) => {
            if (error !== undefined && error !== null) {
                reject(error);
                return;
            }
            resolve((response.getDiagnosticsList?.() ?? []).map((diagnostic) => ({
                policy: ruleIn(diagnostic.getMessage()) ?? diagnostic.getPolicyname(),
                message: diagnostic.getMessage(),
                mandatory: diagnostic.getEnforcementlevel() === analyzer.EnforcementLevel.MANDATORY,
            })));
        });
    });
}
