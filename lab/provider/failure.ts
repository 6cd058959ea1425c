import * as grpc from "@grpc/grpc-js";
import { ErrorResourceInitFailed } from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { Any } from "google-protobuf/google/protobuf/any_pb";
import { Incomplete } from "./operation";
import { toStruct } from "./struct";

/** Header in which a gRPC error carries details; the stubs know none. */
const DETAILS = "grpc-status-details-bin";

/** The state of an object that isn't what it was to be, so that the engine keeps it. */
function detailsOf({ message, id, state, problems, inputs }: Incomplete): grpc.Metadata {
    const detail = new ErrorResourceInitFailed();
    detail.setId(id);
    detail.setProperties(toStruct(state));
    detail.setReasonsList([message, ...problems]);
    if (inputs !== undefined) {
        detail.setInputs(toStruct(inputs));
    }
    const any = new Any();
    any.pack(detail.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
    const status = new Status();
    status.setCode(grpc.status.UNKNOWN);
    status.setMessage(message);
    status.addDetails(any);
    const metadata = new grpc.Metadata();
    metadata.add(DETAILS, Buffer.from(status.serializeBinary()));
    return metadata;
}

/** An error as the engine wants it; only what nobody foresaw brings its stack along. */
export function failure(error: unknown): Partial<grpc.StatusObject> {
    if (error instanceof Incomplete) {
        return { code: grpc.status.UNKNOWN, details: error.message, metadata: detailsOf(error) };
    }
    const isForeseen = error instanceof Error && !(error instanceof TypeError || error instanceof RangeError || error instanceof ReferenceError);
    return { code: grpc.status.UNKNOWN, details: isForeseen ? error.message : String((error as Error).stack ?? error) };
}
