-- Runs an attack inside the evaluator and says how it ended: REACHED, STOPPED and by which error, or BROKEN for a mistake of its own.
io.stdout:setvbuf("no")
targets = arguments.targets
function reached() print("REACHED") end
-- Ends the attack unless a value is true; what the C library says follows it.
function demand(value, problem)
    if not value then error({ stopped = tostring(problem) }, 0) end
    return value
end
print("TRYING")
local attack, mistake = load(arguments.attack, "=attack")
local fine, problem = pcall(attack or function() error(mistake, 0) end)
if not fine then
    if type(problem) == "table" then print("STOPPED", problem.stopped) else print("BROKEN", problem) end
end
os.exit(0, false)
