/** Code that an evaluator has to run under its profile; each prints a line that begins with `ok`. */
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
        builtins: "process.emitWarning = () => {}; for (const name of require('module').builtinModules) require(name); console.log('ok')",
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
