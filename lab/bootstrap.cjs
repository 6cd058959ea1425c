"use strict";

// The first thing that runs on a fresh clone: no dependency is there yet, and Node may be too old for the rest.
// So this file is plain old JavaScript and needs nothing.

var childProcess = require("child_process");
var crypto = require("crypto");
var fs = require("fs");
var path = require("path");

var root = path.join(__dirname, "..");
var modules = path.join(root, "node_modules");
var stamp = path.join(modules, ".installed-from");

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

/** `npm ci` starts by emptying node_modules, so that an interrupted one leaves no stamp and is done again. */
function installModules() {
    var hash = lockHash();
    if (installedFrom() === hash) {
        return;
    }
    console.error("Installing the npm packages of package-lock.json …");
    var started = Date.now();
    var result = childProcess.spawnSync("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"], { cwd: root, stdio: ["ignore", 2, 2] });
    if (result.error || result.status !== 0) {
        fail("npm ci failed" + (result.error ? ": " + result.error.message : " with exit code " + result.status) + "; its reason stands above.");
    }
    fs.writeFileSync(stamp, hash);
    console.error("Installed in " + Math.round((Date.now() - started) / 1000) + " s.");
}

function run() {
    var args = ["--import", "tsx", path.join(root, "lab/cli.ts")].concat(process.argv.slice(2));
    var child = childProcess.spawn(process.execPath, args, { cwd: root, stdio: "inherit" });
    // The terminal sends SIGINT to the whole group; what other programs send goes to this process alone.
    ["SIGINT", "SIGTERM", "SIGHUP"].forEach(function (signal) {
        process.on(signal, function () {
            if (signal !== "SIGINT" || !process.stdin.isTTY) {
                child.kill(signal);
            }
        });
    });
    child.on("exit", function (code, signal) {
        process.exit(signal ? 130 : code);
    });
}

checkNode();
installModules();
run();
