// Runs an attack inside the evaluator and says how it ended: REACHED, STOPPED and by which error, or BROKEN for a mistake of its own.
const AsyncFunction = (async () => {}).constructor;
const say = (...words) => require("node:fs").writeSync(1, `${words.join(" ")}\n`);
const reached = () => say("REACHED");
class Stopped extends Error {
    code = this.message;
}
const stopped = (why) => { throw new Stopped(why); };
/** The first event or error of an emitter, or a timeout. */
const happens = (emitter, event) => new Promise((resolve, reject) => {
    emitter.once(event, resolve).once("error", reject);
    setTimeout(() => reject(new Stopped("ETIMEDOUT")), 4000).unref();
});
say("TRYING");
await new AsyncFunction("require", "targets", "reached", "stopped", "happens", arguments.attack)(require, arguments.targets, reached, stopped, happens)
    .catch((error) => say(...(error.code === undefined ? ["BROKEN", error.stack.replaceAll("\n", " | ")] : ["STOPPED", error.code])));
process.exit();
