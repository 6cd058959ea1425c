/* global arguments */
// Runs attacks inside the evaluator, and says how each ended: REACHED, STOPPED and by which error, or BROKEN for a mistake of its own.
const AsyncFunction = (async () => {}).constructor;
class Stopped extends Error {
    code = this.message;
}
const stopped = (why) => { throw new Stopped(why); };
/** The first event of an emitter, or its error, or a timeout. */
const happens = (emitter, event) => new Promise((resolve, reject) => {
    emitter.once(event, resolve).once("error", reject);
    setTimeout(() => reject(new Stopped("ETIMEDOUT")), 2000).unref();
});
await Promise.all(Object.entries(arguments.attacks).map(async ([attack, code]) => {
    const say = (...words) => require("node:fs").writeSync(1, `${[attack, ...words].join(" ")}\n`);
    say("TRYING");
    await new AsyncFunction("require", "targets", "reached", "stopped", "happens", code)(require, arguments.targets, () => say("REACHED"), stopped, happens)
        .catch((error) => say(...(error.code === undefined ? ["BROKEN", String(error)] : ["STOPPED", error.info?.code ?? error.code])));
}));
process.exit();
