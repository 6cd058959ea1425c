import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { isMap, type Value, type Values } from "./values";

type Message = NonNullable<ReturnType<typeof Struct.fromJavaScript>>;

/** Properties of a message; none where it has none. */
export function fromStruct(struct: Message | undefined): Values {
    return (struct?.toJavaScript() ?? {}) as Values;
}

/** Without keys that have no value; null is one. */
function compact(value: Value): Value {
    if (Array.isArray(value)) {
        return value.map(compact);
    }
    return isMap(value) ? Object.fromEntries(Object.entries(value).filter(([, inner]) => inner !== undefined).map(([key, inner]) => [key, compact(inner)])) : value;
}

export function toStruct(values: Values): Message {
    return Struct.fromJavaScript(compact(values) as Parameters<typeof Struct.fromJavaScript>[0]);
}
