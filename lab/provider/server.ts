import * as grpc from "@grpc/grpc-js";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { listen, MESSAGE_OPTIONS, type Served } from "../grpc";
import { answers } from "./answers";
import { logTo } from "./engine";
import { failure } from "./failure";
import { Provider } from "./provider";

type Unary = grpc.handleUnaryCall<unknown, unknown>;

/** What to do where a question has no answer. */
const REMEDY: Readonly<Record<string, string>> = { getSchema: "pulumi import works with --generate-code=false" };

/** Questions that only some plugins answer; the engine does without, or the user learns which plugin it takes. */
function unimplemented(name: string): Unary {
    const details = `${name} is not supported by this Kubernetes provider; ${REMEDY[name] ?? "Pulumi's official plugin supports it"}`;
    return (_, callback) => { callback({ code: grpc.status.UNIMPLEMENTED, details }); };
}

function handler(answer: (request: never) => unknown): Unary {
    return ({ request }, callback) => {
        Promise.resolve(request as never).then(answer).then((response) => { callback(null, response); }, (error: unknown) => { callback(failure(error)); });
    };
}

/** Serves the engine at that address. */
export function serve(engine: string): Promise<Served> {
    const known: Readonly<Record<string, ((request: never) => unknown) | undefined>> = answers(new Provider(logTo(engine)));
    const server = new grpc.Server(MESSAGE_OPTIONS);
    server.addService(ResourceProviderService, Object.fromEntries(Object.keys(ResourceProviderService).map((name) => {
        const answer = known[name];
        return [name, answer === undefined ? unimplemented(name) : handler(answer)];
    })));
    return listen(server);
}
