-- Stands for the Lua evaluator: takes code by HTTP and runs it in a child process.
local json = require("cjson")
local uv = require("luv")

local function setting(name, default) return os.getenv(name) or default end
local PORT = tonumber(setting("PORT", "6927"))
local METRICS_PORT = tonumber(setting("METRICS_PORT", "9090"))
local TIMEOUT_MS = tonumber(setting("FUNCTION_EVALUATOR_TIMEOUT_MS", "9000"))
local INTERPRETER = setting("LUA", "/usr/bin/lua5.4")
local EXECUTOR = setting("EXECUTOR_ROOT", "/srv/executors") .. "/lua/executor.lua"
-- What a child prints beyond this is dropped, or it would fill the service's memory.
local OUTPUT_BYTES = 1024 * 1024
-- For the end of the output, once the child has ended: a process that left its group may hold the pipe open.
local PATIENCE_MS = 1000
local REASONS = { [200] = "OK", [400] = "Bad Request", [404] = "Not Found", [500] = "Internal Server Error" }

local counts = { evaluations = 0, timeouts = 0 }
local waiting, children = {}, {}
local free = tonumber(setting("EXECUTOR_PROCESS_POOL_SIZE", "2"))

local function close(handle)
    if not handle:is_closing() then handle:close() end
end

local function after(milliseconds, action)
    local timer = uv.new_timer()
    timer:start(milliseconds, 0, function() timer:close() action() end)
    return function() close(timer) end
end

local function signal_name(number)
    for name, value in pairs(uv.constants) do
        if value == number and name:match("^SIG%u+%d*$") then return name end
    end
    return tostring(number)
end

-- Reads a pipe to its end, and keeps the beginning.
local function keep(pipe, ended)
    local kept, length = {}, 0
    pipe:read_start(function(_, part)
        if part == nil then return ended() end
        kept[#kept + 1] = part:sub(1, OUTPUT_BYTES - length)
        length = length + #kept[#kept]
    end)
    return function() return table.concat(kept) end
end

local function run(request, done)
    local stdin, stdout, stderr = uv.new_pipe(), uv.new_pipe(), uv.new_pipe()
    local result, child, pid, cancel, finished
    local open = 2
    local out, err

    local function finish()
        if finished or result == nil then return end
        finished = true
        result.stdout, result.stderr = out(), err()
        for _, handle in ipairs({ stdin, stdout, stderr, child }) do close(handle) end
        done(result)
    end
    local function ended()
        open = open - 1
        if open == 0 then finish() end
    end

    local timed_out = false
    -- In a group of its own, so that its children can be ended with it.
    child, pid = uv.spawn(INTERPRETER, { args = { EXECUTOR }, stdio = { stdin, stdout, stderr }, detached = true }, function(exit, signal)
        cancel()
        uv.kill(-pid, "sigkill")
        children[pid] = nil
        counts.evaluations = counts.evaluations + 1
        if timed_out then counts.timeouts = counts.timeouts + 1 end
        local signalled = signal ~= 0
        result = { exit = signalled and json.null or exit, signal = signalled and signal_name(signal) or json.null, timedOut = timed_out }
        if open == 0 then finish() else after(PATIENCE_MS, finish) end
    end)
    if child == nil then return done(nil, pid) end
    children[pid] = true
    out, err = keep(stdout, ended), keep(stderr, ended)
    cancel = after(TIMEOUT_MS, function()
        timed_out = true
        uv.kill(-pid, "sigkill")
    end)
    stdin:write(json.encode(request))
    stdin:shutdown()
end

local function next_in_pool()
    while free > 0 and #waiting > 0 do
        free = free - 1
        local work = table.remove(waiting, 1)
        work(function() free = free + 1 next_in_pool() end)
    end
end

local function handle(method, path, body, answer)
    if method == "GET" and path == "/_info" then
        return answer(200, json.encode({ name = "function-evaluator", language = "lua" }))
    elseif method == "GET" and path == "/metrics" then
        return answer(200, ("function_evaluator_evaluations_total %d\nfunction_evaluator_timeouts_total %d\n"):format(counts.evaluations, counts.timeouts), "text/plain; version=0.0.4")
    elseif method ~= "POST" or path:gsub("/$", "") ~= "/1/v1/evaluate" then
        return answer(404, json.encode({ error = "no such path: " .. path }))
    end
    local fine, request = pcall(json.decode, body)
    if not fine or type(request) ~= "table" or type(request.code) ~= "string" then
        return answer(400, json.encode({ error = 'not a JSON object with a text "code"' }))
    end
    waiting[#waiting + 1] = function(leave)
        run(request, function(result, problem)
            leave()
            answer(result and 200 or 500, json.encode(result or { error = problem }))
        end)
    end
    next_in_pool()
end

local function serve(client)
    local received, asked = "", false
    client:read_start(function(problem, part)
        if problem or part == nil then return close(client) end
        received = received .. part
        local head, start = received:match("^(.-)\r\n\r\n()")
        local length = head and tonumber(head:lower():match("content%-length: *(%d+)") or "0")
        if asked or head == nil or #received - start + 1 < length then return end
        asked = true
        local method, path = head:match("^(%u+) (%S+)")
        handle(method or "", path or "", received:sub(start, start + length - 1), function(status, body, kind)
            if client:is_closing() then return end
            client:write(("HTTP/1.1 %d %s\r\nContent-Type: %s\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s"):format(status, REASONS[status], kind or "application/json", #body, body))
            client:shutdown(function() close(client) end)
        end)
    end)
end

local function listen(port)
    local server = uv.new_tcp()
    assert(server:bind("0.0.0.0", port))
    assert(server:listen(128, function()
        local client = uv.new_tcp()
        server:accept(client)
        serve(client)
    end))
end

-- The first process of a container is ended by no signal that it doesn't ask for.
uv.new_signal():start("sigterm", function()
    for pid in pairs(children) do uv.kill(-pid, "sigkill") end
    os.exit(0)
end)
listen(METRICS_PORT)
listen(PORT)
uv.run()
