import { Problem } from "../../cli/problem";

/** Lines between `<!-- name: … -->` and `<!-- /name -->`, which stay. */
function pattern(name: string): RegExp {
    return new RegExp(`(<!-- ${name}: .*? -->\\n)([^]*?)(<!-- /${name} -->)`, "g");
}

/** What stands in a generated part. @throws Problem where the document hasn't got it exactly once */
export function partOf(document: string, name: string): string {
    const [found, another] = [...document.matchAll(pattern(name))];
    if (found === undefined || another !== undefined) {
        throw new Problem(`A document with the part "${name}" needs exactly one <!-- ${name}: … --> that is closed by <!-- /${name} -->.`);
    }
    return (found[2] ?? "").trim();
}

/** The document with another text in a generated part. @throws Problem where the document hasn't got it exactly once */
export function withPart(document: string, name: string, text: string): string {
    partOf(document, name);
    return document.replace(pattern(name), (_, opening: string, __, closing: string) => `${opening}${text === "" ? "" : `\n${text}\n\n`}${closing}`);
}
