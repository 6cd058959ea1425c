/** Capabilities in the order of their numbers in the kernel, as apparmor_parser 3.0 knows them. */
export const CAPABILITIES = [
    ..."chown dac_override dac_read_search fowner fsetid kill setgid setuid setpcap linux_immutable".split(" "),
    ..."net_bind_service net_broadcast net_admin net_raw ipc_lock ipc_owner sys_module sys_rawio sys_chroot".split(" "),
    ..."sys_ptrace sys_pacct sys_admin sys_boot sys_nice sys_resource sys_time sys_tty_config mknod lease".split(" "),
    ..."audit_write audit_control setfcap mac_override mac_admin syslog wake_alarm block_suspend audit_read".split(" "),
    ..."perfmon bpf checkpoint_restore".split(" "),
];

/** Families of sockets. Those of `unix` have rules of their own. */
export const DOMAINS = [
    ..."ax25 ipx appletalk netrom bridge atmpvc x25 inet inet6 rose netbeui security key netlink packet ash".split(" "),
    ..."econet atmsvc rds sna irda pppox wanpipe llc ib mpls can tipc bluetooth iucv rxrpc isdn phonet".split(" "),
    ..."ieee802154 caif alg nfc vsock kcm qipcrtr smc xdp".split(" "),
];
export const SOCKET_TYPES = ["stream", "dgram", "seqpacket", "rdm", "raw", "packet"];

export const UNIX_ACCESSES = [
    ..."create bind listen getattr setattr getopt setopt shutdown accept connect receive send".split(" "),
];
export const UNIX_TYPES = ["stream", "dgram", "seqpacket"];

export const SIGNAL_ACCESSES = ["send", "receive"];
export const PTRACE_ACCESSES = ["trace", "tracedby", "read", "readby"];

/** The profile itself; `@{profile_name}` is set by apparmor_parser, whatever a profile says. */
export const ITSELF = "@{profile_name}";
/** Whoever else a profile may name: what runs unconfined, and container runtimes. */
export const PEERS = [ITSELF, "unconfined", "crun", "runc"];

/** Letters of permissions in the order in which they are written; how to execute comes last. */
export const PERMISSIONS = ["m", "r", "w", "a", "l", "k", "ix", "x"] as const;
export type Permission = (typeof PERMISSIONS)[number];

/** Flags in the order in which they are written: how the profile is enforced, and how paths are told. */
export const MODES = ["enforce", "kill"];
export const FLAGS = [...MODES, "attach_disconnected", "mediate_deleted"];

/** Features of 3.0 are mediated without gaps; older ones leave networks or sockets to everybody. */
export const ABIS = ["abi/3.0", "abi/4.0"];
