import * as grpc from "@grpc/grpc-js";

/** Messages hold whole stacks. Bytes; the engine's own bound. */
const MESSAGE_BYTES = 400 * 1024 * 1024;
export const MESSAGE_OPTIONS = { "grpc.max_receive_message_length": MESSAGE_BYTES, "grpc.max_send_message_length": MESSAGE_BYTES };

/** A server that listens on a free port of the loopback interface. */
export interface Served {
    readonly port: number;
    /** Ends it at once, and every call with it. */
    readonly stop: () => void;
}

export function listen(server: grpc.Server): Promise<Served> {
    return new Promise((resolve, reject) => {
        server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
            if (error === null) {
                resolve({ port, stop: () => { server.forceShutdown(); } });
            } else {
                reject(error);
            }
        });
    });
}
