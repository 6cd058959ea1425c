"use strict";

// The first thing that runs on a fresh clone: no dependency is there yet, and Node may be too old for the rest.
// So this file is plain old JavaScript and needs nothing.

var childProcess = require("child_process");
var crypto = require("crypto");
var fs = require("fs");
var os = require("os");
var path = require("path");

var root = path.join(__dirname, "..");
var modules = path.join(root, "node_modules");
var stamp = path.join(modules, ".installed-from");

// How often a line says that `npm ci` goes on, where it shows no progress of its own. Milliseconds.
var QUIET_INTERVAL = 15000;

// As shells have it for a program that a signal has ended.
var SIGNAL_BASE = 128;

function fail(message) {
    console.error(message);
    process.exit(2);
}

/** "v20.19.1" -> [20, 19] */
function majorMinor(version) {
    return version.replace(/^[^0-9]*/, "").split(".").slice(0, 2).map(Number);
}

function checkNode() {
    var wanted = JSON.parse(fs.readFileSync(path.join(root, "package.json"), "utf8")).engines.node;
    var found = majorMinor(process.version);
    var least = majorMinor(wanted);
    if (found[0] < least[0] || (found[0] === least[0] && found[1] < least[1])) {
        fail("Node.js is " + process.version + "; this project needs " + wanted + ".");
    }
}

function lockHash() {
    return crypto.createHash("sha256").update(fs.readFileSync(path.join(root, "package-lock.json"))).digest("hex");
}

function installedFrom() {
    return fs.existsSync(stamp) ? fs.readFileSync(stamp, "utf8") : "";
}

/** Starts a program that gets this process's signals, and calls back with its exit code, or 128 and more for a signal as shells do. */
function spawn(program, args, stdio, done) {
    var child = childProcess.spawn(program, args, { cwd: root, stdio: stdio });
    var forward = function (signal) {
        child.kill(signal);
    };
    var signals = ["SIGINT", "SIGTERM", "SIGHUP"];
    signals.forEach(function (signal) {
        process.on(signal, forward);
    });
    child.on("error", function (error) {
        fail(program + " could not be started: " + error.message);
    });
    child.on("exit", function (code, signal) {
        signals.forEach(function (name) {
            process.removeListener(name, forward);
        });
        done(signal ? SIGNAL_BASE + os.constants.signals[signal] : code);
    });
}

/** `npm ci` starts by emptying node_modules, so that an interrupted one leaves no stamp and is done again. */
function installModules(done) {
    var hash = lockHash();
    if (installedFrom() === hash) {
        done();
        return;
    }
    var started = Date.now();
    var report = function (what) {
        console.error(what + Math.round((Date.now() - started) / 1000) + " s");
    };
    console.error("Installing the npm packages of package-lock.json …");
    var timer = setInterval(report, QUIET_INTERVAL, "… still installing, ");
    spawn("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"], ["ignore", 2, 2], function (code) {
        clearInterval(timer);
        if (code > SIGNAL_BASE) {
            process.exit(code);
        }
        if (code !== 0) {
            fail("npm ci ended with exit code " + code + "; its reason stands above.");
        }
        fs.writeFileSync(stamp, hash);
        report("Installed in ");
        done();
    });
}

checkNode();
installModules(function () {
    spawn(process.execPath, ["--import", "tsx", path.join(root, "lab/cli.ts")].concat(process.argv.slice(2)), "inherit", process.exit);
});
