import assert from "node:assert/strict";
import * as grpc from "@grpc/grpc-js";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as messages from "@pulumi/pulumi/proto/provider_pb";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import type { Served } from "../../../lab/grpc";
import { failure } from "../../../lab/provider/failure";
import { Incomplete } from "../../../lab/provider/operation";
import { serve } from "../../../lab/provider/server";
import { fromStruct } from "../../../lab/provider/struct";

describe("the plugin as the engine sees it", () => {
    let served: Served;
    let client: ResourceProviderClient;
    before(async () => {
        served = await serve("127.0.0.1:1");
        client = new ResourceProviderClient(`127.0.0.1:${served.port}`, grpc.credentials.createInsecure());
    });
    after(() => {
        client.close();
        served.stop();
    });

    const refusal = <Request>(method: (request: Request, callback: (error: grpc.ServiceError | null) => void) => unknown, request: Request): Promise<grpc.ServiceError | null> =>
        new Promise((resolve) => { method.call(client, request, resolve); });

    it("has a version that isn't older than the program's", async () => {
        const version = await new Promise((resolve) => { client.getPluginInfo(new Empty(), (error, info: PluginInfo | undefined) => { resolve(error?.details ?? info?.getVersion()); }); });
        assert.equal(version, "4.34.2+lab");
    });

    it("says what it can't do, and what can", async () => {
        const invoked = await refusal(client.invoke.bind(client) as never, new messages.InvokeRequest());
        assert.deepEqual([invoked?.code, invoked?.details], [grpc.status.UNIMPLEMENTED, "invoke is not supported by this Kubernetes provider; Pulumi's official plugin supports it"]);
        const asked = await refusal(client.getSchema.bind(client) as never, new messages.GetSchemaRequest());
        assert.equal(asked?.details, "getSchema is not supported by this Kubernetes provider; pulumi import works with --generate-code=false");
    });

    it("tells a wrong setting in one line", async () => {
        const request = new messages.ConfigureRequest();
        request.getVariablesMap().set("kubernetes:config:enableServerSideApply", "false");
        assert.match((await refusal(client.configure.bind(client) as never, request))?.details ?? "", /^kubernetes:enableServerSideApply is false; [^\n]*$/);
    });

    it("hands over the state of what isn't ready", () => {
        const { details, metadata } = failure(new Incomplete("not ready", "ns/it", { a: 1 }, ["why"], { b: 2 }));
        assert.equal(details, "not ready");
        const [bytes] = metadata?.get("grpc-status-details-bin") ?? [];
        const [any] = Status.deserializeBinary(bytes as Buffer).getDetailsList();
        const detail = messages.ErrorResourceInitFailed.deserializeBinary(any?.getValue_asU8() ?? new Uint8Array());
        assert.deepEqual([detail.getId(), detail.getReasonsList(), fromStruct(detail.getProperties()), fromStruct(detail.getInputs())], ["ns/it", ["not ready", "why"], { a: 1 }, { b: 2 }]);
    });

    it("brings the stack only of what nobody foresaw", () => {
        assert.equal(failure(new Error("foreseen")).details, "foreseen");
        assert.match(failure(new TypeError("a mistake")).details ?? "", /a mistake\n\s+at /);
    });
});
