import path from "node:path";
import { quoted } from "../../cli/shell";
import { commandIn } from "./packages";

/** The node's address in the network that qemu makes up, and where it finds the API server there. */
export const NODE_ADDRESS = "10.0.2.15";
const API_SERVER = "10.0.2.100";
export const API_PORT = 6443;

export interface Machine {
    /** Folder with `kernel`, `initrd` and the unpacked packages in `host`. */
    readonly image: string;
    readonly disk: string;
    readonly accelerator: "kvm" | "tcg";
    /** File that gets what the node says. */
    readonly console: string;
    /** Words for the kernel's command line. */
    readonly append?: readonly string[];
    readonly network?: Network;
}

export interface Network {
    /** Port of the API server on this machine's loopback interface. */
    readonly apiServer: number;
    /** Port of the node's kubelet, the same on this machine's loopback interface. */
    readonly kubelet: number;
    /** Socket of qemu's control protocol. */
    readonly control: string;
    /** Files that the node finds by their names. */
    readonly settings: Readonly<Record<string, string>>;
}

/** In qemu's options a comma ends a value. */
const escaped = (text: string): string => text.replaceAll(",", ",,");

/** User-mode networking, restricted: no interface, no namespace and no rights, and nothing can be reached but the one address that is forwarded. */
function networkArgs(image: string, { apiServer, kubelet, control, settings }: Network): string[] {
    const forward = `${quoted(path.join(image, "busybox"))} nc 127.0.0.1 ${apiServer}`;
    return [
        "-netdev", `user,id=net,restrict=on,hostfwd=tcp:127.0.0.1:${kubelet}-${NODE_ADDRESS}:${kubelet},guestfwd=tcp:${API_SERVER}:${API_PORT}-cmd:${escaped(forward)}`,
        "-device", "virtio-net-pci,netdev=net,romfile=",
        "-qmp", `unix:${escaped(control)},server=on,wait=off`,
        ...Object.entries(settings).flatMap(([name, file]) => ["-fw_cfg", `name=opt/lab/${name},file=${escaped(file)}`]),
    ];
}

/** MiB of memory and processors of a node: enough for the stack `local`, and for what attacks it. */
const MEMORY = 4096;
const PROCESSORS = 2;

interface Acceleration {
    readonly accel: string;
    readonly cpu: string;
    /** Words for the kernel's command line. */
    readonly append: readonly string[];
}

const ACCELERATIONS: Readonly<Record<Machine["accelerator"], Acceleration>> = {
    kvm: { accel: "kvm", cpu: "host", append: [] },
    tcg: {
        accel: "tcg,thread=multi,tb-size=512",
        // All that can be emulated, without what makes every access to memory or every change into the kernel slower: it starts a third sooner.
        cpu: "max,la57=off,smap=off,smep=off,pku=off,erms=off,fsrm=off",
        // Without repeated string instructions, of which each round is emulated for itself: the kernel clears and copies pages by them.
        append: ["clearcpuid=rep_good"],
    },
};

/** The command line of a virtual machine. */
export function qemu({ image, disk, accelerator, console, append = [], network }: Machine): readonly [string, ...string[]] {
    const host = path.join(image, "host");
    const accelerated = ACCELERATIONS[accelerator];
    return [
        ...commandIn(host, "usr/bin/qemu-system-x86_64"),
        ...["usr/share/qemu", "usr/share/seabios"].flatMap((folder) => ["-L", path.join(host, folder)]),
        "-machine", "q35", "-accel", accelerated.accel, "-cpu", accelerated.cpu,
        "-smp", String(PROCESSORS), "-m", String(MEMORY),
        "-nodefaults", "-no-user-config", "-display", "none",
        "-kernel", path.join(image, "kernel"), "-initrd", path.join(image, "initrd"),
        "-append", ["console=ttyS0", "quiet", "panic=5", "apparmor=1", "security=apparmor", "mitigations=off", "tsc=reliable", "clocksource=tsc", "net.ifnames=0", ...accelerated.append, ...append].join(" "),
        "-drive", `file=${escaped(disk)},format=raw,if=virtio,cache=unsafe`,
        "-device", "virtio-rng-pci",
        "-serial", `file:${escaped(console)}`,
        ...(network === undefined ? [] : networkArgs(image, network)),
    ] as unknown as [string, ...string[]];
}

/** What it needs in its environment: it loads parts of itself. */
export function qemuEnvironment(image: string): Record<string, string> {
    return { QEMU_MODULE_DIR: path.join(image, "host/usr/lib/x86_64-linux-gnu/qemu") };
}
