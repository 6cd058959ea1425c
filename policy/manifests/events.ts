import { parseEvents, YAMLException, type Event } from "js-yaml";
import { LIMITS } from "./limits";

/** Our parser's one rule that Kubernetes' hasn't got: how far lines within quotes and brackets are indented is nobody's business there. */
const INDENTATION_WITHIN = "deficient indentation";

/**
 * What the parser finds in a document's text. Definitions and objects that Kubernetes' own tools wrote go on with a quoted text right below
 * its key, and people close a bracket there, so that this rule is passed over; whatever follows is held to the others.
 * @throws YAMLException
 */
export function eventsOf(text: string): Event[] {
    const { throwAt } = YAMLException;
    YAMLException.throwAt = (source, position, message, file): never => (message === INDENTATION_WITHIN ? undefined as never : throwAt.call(YAMLException, source, position, message, file));
    try {
        return parseEvents(untabbed(text), { maxDepth: LIMITS.depth });
    } finally {
        YAMLException.throwAt = throwAt;
    }
}

/** The parser's one fault with tabs between tokens: it takes those before a bracket for indentation. Values are read from the text itself. */
function untabbed(text: string): string {
    return text.includes("\t") ? text.replace(/(?<=\S)[ \t]*\t[ \t]*/g, (blanks) => " ".repeat(blanks.length)) : text;
}
