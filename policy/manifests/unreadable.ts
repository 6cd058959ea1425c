/** Where something stands; lines and columns count from 1, columns in UTF-16 units as editors do. */
export interface Place {
    /** As the user named it; `-` for standard input. */
    readonly file: string;
    readonly line: number;
    readonly column: number;
}

/** A place as far as it is known. */
export type Where = Pick<Place, "file"> & Partial<Place>;

/** Input that can't be judged, with the place where reading stopped. */
export class Unreadable extends Error {
    override readonly name = "Unreadable";

    constructor(readonly at: Where, readonly reason: string) {
        super([at.file, at.line, at.column].filter((part) => part !== undefined).join(":") + `: ${reason}`);
    }
}
