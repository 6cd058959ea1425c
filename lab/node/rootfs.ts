import { chmod, copyFile, cp, mkdir, readdir, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { Problem } from "../../cli/problem";
import { lastLines, succeed } from "../../cli/run";
import { commandIn } from "./packages";

/** Names and addresses inside the node; the API server stands behind one that qemu forwards to this machine's loopback interface. */
const ETC: Readonly<Record<string, string>> = {
    hostname: "localhost\n",
    hosts: "127.0.0.1 localhost\n::1 localhost\n10.0.2.100 kubernetes.default.svc\n",
    "nsswitch.conf": "hosts: files\n",
    passwd: "root:x:0:0:root:/root:/bin/sh\n",
    group: "root:x:0:\n",
    "resolv.conf": "",
    "machine-id": `${"0".repeat(31)}1\n`,
};

/** Folders of the kernel's modules that a node has a use for; the rest are drivers of hardware that no virtual machine has. */
const MODULES = ["arch", "crypto", "fs/ext4", "fs/jbd2", "fs/mbcache.ko", "fs/overlayfs", "lib", "net", "drivers/block/virtio_blk.ko", "drivers/char/hw_random", "drivers/firmware/qemu_fw_cfg.ko", "drivers/net/net_failover.ko", "drivers/net/veth.ko", "drivers/net/virtio_net.ko", "drivers/net/dummy.ko", "drivers/net/tun.ko", "drivers/virtio"];
/** What it takes to mount the root disk. */
const FIRST_MODULES = ["virtio_pci", "virtio_blk", "ext4"];

/** Megabytes of the root disk; the file takes only what is written to it. */
const DISK_SIZE = 6144;

export interface Parts {
    /** Unpacked packages: what runs here (qemu, kmod, mke2fs), the node's programs, the kernel. */
    readonly host: string;
    readonly programs: string;
    readonly kernel: string;
    /** Built programs by their path in the node. */
    readonly built: Readonly<Record<string, string>>;
    /** Archives of container images. */
    readonly images: readonly string[];
}

/** Runs a step of the build. @returns what it prints */
function build(what: string, [program, ...args]: readonly [string, ...string[]], options: { cwd?: string } = {}): Promise<string> {
    return succeed(program, args, options, (said) => `${what} failed:\n${lastLines(said, 6)}`);
}

/** The only version in the folder. */
async function kernelVersion(kernel: string): Promise<string> {
    const [version] = await readdir(path.join(kernel, "usr/lib/modules"));
    if (version === undefined) {
        throw new Problem(`${kernel} holds no kernel.`);
    }
    return version;
}

const files = path.join(__dirname, "files");

/** Puts the node's root file system together in the folder of its packages. */
async function assemble({ host, programs: root, kernel, built, images }: Parts): Promise<void> {
    const version = await kernelVersion(kernel);
    await Promise.all(["proc", "sys", "dev", "run", "tmp", "root", "var/log", "var/lib/lab/images", "etc/cni/net.d", "etc/containerd", "opt/cni/bin", "usr/share/keyrings", "var/lib/kubelet/seccomp"].map((folder) => mkdir(path.join(root, folder), { recursive: true })));
    // What no package has brought is busybox's.
    const applets = (await build("busybox --list", [path.join(root, "usr/bin/busybox"), "--list"])).split("\n");
    const present = new Set((await Promise.all(["usr/bin", "usr/sbin"].map((folder) => readdir(path.join(root, folder))))).flat());
    await Promise.all(applets.filter((applet) => !present.has(applet)).map((applet) => symlink("busybox", path.join(root, "usr/bin", applet))));
    await Promise.all(Object.entries(ETC).map(([name, text]) => writeFile(path.join(root, "etc", name), text)));
    await symlink("../run", path.join(root, "var/run")).catch(() => undefined);
    for (const [file, target] of [["init", "init"], ["containerd.toml", "etc/containerd/config.toml"], ["cni.conflist", "etc/cni/net.d/10-lab.conflist"], ...["permissive", "strict"].map((name) => [`seccomp/${name}.json`, `var/lib/kubelet/seccomp/${name}.json`] as const)] as const) {
        await copyFile(path.join(files, file), path.join(root, target));
    }
    await Promise.all(Object.entries(built).map(async ([target, source]) => {
        await copyFile(source, path.join(root, target));
        await chmod(path.join(root, target), 0o755);
    }));
    await Promise.all(images.map((archive) => copyFile(archive, path.join(root, "var/lib/lab/images", path.basename(archive)))));
    const modules = path.join("usr/lib/modules", version);
    await mkdir(path.join(root, modules), { recursive: true });
    for (const entry of [...MODULES.map((folder) => path.join("kernel", folder)), "modules.order", "modules.builtin", "modules.builtin.modinfo"]) {
        await cp(path.join(kernel, modules, entry), path.join(root, modules, entry), { recursive: true });
    }
    await build("depmod", [...commandIn(host, "usr/bin/kmod", "depmod"), "-b", root, version]);
}

/** The archive that the kernel unpacks into memory first: busybox, the disk's modules in their order, and a script. */
async function makeInitrd({ host, programs: root, kernel }: Parts, scratch: string, into: string): Promise<void> {
    const initrd = path.join(scratch, "initrd");
    await Promise.all(["bin", "dev", "proc", "root", "modules"].map((folder) => mkdir(path.join(initrd, folder), { recursive: true })));
    await copyFile(path.join(root, "usr/bin/busybox"), path.join(initrd, "bin/busybox"));
    await copyFile(path.join(files, "initrd-init"), path.join(initrd, "init"));
    const shown = await build("modprobe", [...commandIn(host, "usr/bin/kmod", "modprobe"), "-d", root, "-S", await kernelVersion(kernel), "--show-depends", "--all", ...FIRST_MODULES]);
    const order = [...new Set(shown.split("\n").flatMap((line) => /^insmod (\S+)/.exec(line)?.[1] ?? []))];
    await Promise.all(order.map((file, index) => copyFile(path.isAbsolute(file) && file.startsWith(root) ? file : path.join(root, file), path.join(initrd, "modules", `${String(index).padStart(2, "0")}-${path.basename(file)}`))));
    await build("cpio", ["sh", "-c", `find . | "$0" cpio -o -H newc 2>/dev/null | gzip -1 > "$1"`, path.join(root, "usr/bin/busybox"), into], { cwd: initrd });
}

/** Files of a node that boots, beside each other in `into`: `kernel`, `initrd`, `disk`. */
export async function makeDisk(parts: Parts, scratch: string, into: string): Promise<void> {
    await assemble(parts);
    await copyFile(path.join(parts.kernel, "boot", `vmlinuz-${await kernelVersion(parts.kernel)}`), path.join(into, "kernel"));
    await makeInitrd(parts, scratch, path.join(into, "initrd"));
    const disk = path.join(into, "disk");
    // With a journal, as a node has: it has to come up again after a power cut.
    await build("mke2fs", [...commandIn(parts.host, "usr/sbin/mke2fs"), "-q", "-t", "ext4", "-E", "root_owner=0:0,lazy_itable_init=1,lazy_journal_init=1", "-d", parts.programs, disk, `${DISK_SIZE}M`]);
}
