/**
 * Builds a model once for all policies of a pass instead of once for each.
 *
 * The SDK runs its policies over a resource in the order of the pack, each with a freshly read copy of the properties. So within
 * one pass the turns only rise, and a turn that doesn't rise starts the next pass, whose properties may differ. A policy that is
 * switched off merely leaves its turn out. After the last turn the model is let go, so that memory doesn't grow with the stack.
 */
export function oncePerPass<Args, Model>(keyOf: (args: Args) => string, build: (args: Args) => Model, lastTurn: number): (args: Args, turn: number) => Model {
    const passes = new Map<string, { readonly turn: number; readonly model: Model }>();
    return (args, turn) => {
        const key = keyOf(args);
        const running = passes.get(key);
        const model = running !== undefined && running.turn < turn ? running.model : build(args);
        if (turn < lastTurn) {
            passes.set(key, { turn, model });
        } else {
            passes.delete(key);
        }
        return model;
    };
}
