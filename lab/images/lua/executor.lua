-- Runs the code that it is given on standard input, as the user who asks for it would have it run.
local request = require("cjson").decode(io.read("a"))
arguments = request.arguments
local code, problem = load(request.code, "=code")
if code == nil then
    error(problem, 0)
end
code()
