-- Runs attacks inside the evaluator, and says how each ended: REACHED, STOPPED and by which error, or BROKEN for a mistake of its own.
io.stdout:setvbuf("no")
targets = arguments.targets
-- Ends the attack unless a value is true; what the C library says follows it.
function demand(value, problem)
    if not value then error({ stopped = tostring(problem) }, 0) end
    return value
end
for id, code in pairs(arguments.attacks) do
    local function say(...) io.write(table.concat({ id, ... }, " "), "\n") end
    function reached() say("REACHED") end
    say("TRYING")
    local attack, mistake = load(code, "=attack")
    local fine, problem = pcall(attack or function() error(mistake, 0) end)
    if not fine then
        if type(problem) == "table" then say("STOPPED", problem.stopped) else say("BROKEN", tostring(problem)) end
    end
end
os.exit(0, false)
