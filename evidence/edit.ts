/** One edit of the program or of a stack's file: `from` stands exactly once in `file` and becomes `to`. */
export interface Edit {
    /** Path in the repository, e.g. `infra/security.ts`. */
    readonly file: string;
    readonly from: string;
    readonly to: string;
    /** Whether it may stand there more than once, and becomes `to` everywhere. */
    readonly all?: boolean;
}
