import * as grpc from "@grpc/grpc-js";
import { EngineClient } from "@pulumi/pulumi/proto/engine_grpc_pb";
import { LogRequest, LogSeverity } from "@pulumi/pulumi/proto/engine_pb";

/** Where messages for the user go. */
export interface Log {
    /** Stays in the output, under the resource's name. */
    readonly warn: (urn: string, message: string) => void;
    /** Shown beside the resource while it is worked on, until another one; the same again is not sent. */
    readonly status: (urn: string, message: string) => void;
}

/** Messages to the engine at that address; what doesn't arrive is no reason to fail. */
export function logTo(address: string): Log {
    const client = new EngineClient(address, grpc.credentials.createInsecure());
    const send = (severity: LogSeverity, ephemeral: boolean) => (urn: string, message: string): void => {
        const request = new LogRequest();
        request.setSeverity(severity);
        request.setUrn(urn);
        request.setMessage(message);
        request.setEphemeral(ephemeral);
        client.log(request, () => undefined);
    };
    const shown = new Map<string, string>();
    const show = send(LogSeverity.INFO, true);
    const status = (urn: string, message: string): void => {
        if ((shown.get(urn) ?? "") !== message) {
            shown.set(urn, message);
            show(urn, message);
        }
    };
    return { warn: send(LogSeverity.WARNING, false), status };
}
