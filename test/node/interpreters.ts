/** Code that an evaluator has to run under its profile; each prints a line that begins with `ok`. Seen to do so under Debian's kernel 6.1 in enforce mode. */
export const WORKS: Readonly<Record<"python" | "javascript" | "lua", Readonly<Record<string, string>>>> = {
    python: {
        threads: "import concurrent.futures as f\nwith f.ThreadPoolExecutor(8) as p: print('ok', sum(p.map(lambda x: x * x, range(50))))",
        child: "import subprocess\nprint('ok', subprocess.run(['python3', '-c', 'print(2)'], capture_output=True, check=True).stdout)",
        signal: "import os, time\np = os.fork()\nif p == 0: time.sleep(60)\nos.kill(p, 15); print('ok', os.waitpid(p, 0)[1])",
        tls: "import ssl\nc = ssl.create_default_context(); o = ssl.MemoryBIO(); s = c.wrap_bio(ssl.MemoryBIO(), o, server_hostname='x.example')\ntry: s.do_handshake()\nexcept ssl.SSLWantReadError: print('ok', len(o.read()) > 100)",
        zones: "import zoneinfo, datetime\nprint('ok', datetime.datetime.now(zoneinfo.ZoneInfo('Europe/Berlin')).tzname())",
        locale: "import locale\nprint('ok', locale.setlocale(locale.LC_ALL, 'C.UTF-8'))",
        pair: "import socket\na, b = socket.socketpair(); a.send(b'x'); print('ok', b.recv(1))",
    },
    javascript: {
        builtins: "for (const name of require('module').builtinModules) require(name); console.log('ok')",
        worker: "const { Worker } = require('worker_threads'); const w = new Worker('require(\"worker_threads\").parentPort.postMessage(1)', { eval: true }); console.log('ok', await new Promise((done) => w.on('message', done)))",
        child: "console.log('ok', require('child_process').execFileSync('node', ['-p', '2']).toString())",
        timers: "await new Promise((done) => setTimeout(done, 20)); console.log('ok')",
    },
    lua: {
        modules: "for _, name in ipairs({ 'cjson', 'luv', 'socket', 'socket.http', 'mime', 'ltn12' }) do require(name) end print('ok')",
        thread: "local uv = require('luv') uv.new_thread(function() print('ok') end):join()",
        timer: "local uv = require('luv') local t = uv.new_timer() t:start(20, 0, function() print('ok') t:close() end) uv.run()",
    },
};

/** What the kernel's audit log shows as denied while the interpreters do what works, and why that is right. */
export const DENIED: readonly { readonly operation: string; readonly by: string; readonly because: string }[] = [
    { operation: "create inet dgram", by: "python3, when http.server starts and looks up its own name", because: "evaluators ask for no names; the start goes on without" },
    { operation: "open /dev/ r", by: "node, when it starts", because: "which devices there are is nobody's business; node goes on without" },
    { operation: "open /proc/uptime r", by: "lua, for uv.uptime()", because: "how long the node has been up is the node's; the caller takes another clock's answer" },
    { operation: "write /dev/shm", by: "python's multiprocessing.Lock, which makes a named semaphore", because: "nothing may be written, memory that is shared by name neither" },
    { operation: "create netlink", by: "if_nameindex and interface lists", because: "the node's interfaces and routes are nobody's business" },
];
