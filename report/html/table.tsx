import type { ComponentChildren } from "preact";

interface Props {
    readonly id: string;
    readonly caption: string;
    readonly head: readonly string[];
    /** Cells; the first of each row is its heading. */
    readonly rows: readonly (readonly ComponentChildren[])[];
}

/** A table that scrolls by itself where it is wider than the page; with the keyboard too. */
export function Table({ id, caption, head, rows }: Props) {
    return (
        <div class="scroll" role="region" aria-labelledby={`${id}-caption`} tabIndex={0}>
            <table>
                <caption><span id={`${id}-caption`}>{caption}</span></caption>
                <thead>
                    <tr>{head.map((title) => <th scope="col">{title}</th>)}</tr>
                </thead>
                <tbody>
                    {rows.map(([first, ...others]) => (
                        <tr>
                            <th scope="row">{first}</th>
                            {others.map((cell) => <td>{cell}</td>)}
                        </tr>
                    ))}
                </tbody>
            </table>
        </div>
    );
}
