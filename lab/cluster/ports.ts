import { createServer } from "node:net";

const LOOPBACK = "127.0.0.1";

function listen(port: number): Promise<number | undefined> {
    return new Promise((resolve, reject) => {
        const server = createServer();
        server.once("error", (error: NodeJS.ErrnoException) => {
            if (error.code === "EADDRINUSE" || error.code === "EACCES") {
                resolve(undefined);
            } else {
                reject(error);
            }
        });
        server.listen(port, LOOPBACK, () => {
            const address = server.address();
            server.close(() => { resolve(address !== null && typeof address === "object" ? address.port : undefined); });
        });
    });
}

/** A free port on the loopback interface: the preferred one where nobody has taken it, so that a restarted cluster keeps its address. */
export async function freePort(preferred?: number): Promise<number> {
    const port = (preferred === undefined ? undefined : await listen(preferred)) ?? await listen(0);
    if (port === undefined) {
        throw new Error("the system gave no free port");
    }
    return port;
}
