/**
 * Builds a model once for all policies of a pass instead of once for each.
 *
 * The SDK runs its policies over a resource in the order of the pack, each with a freshly read copy of the properties. So within
 * one pass the turns only rise, and a turn that doesn't rise starts the next pass, whose properties may differ. A policy that is
 * switched off merely leaves its turn out.
 */
export function oncePerPass<Args, Model>(keyOf: (args: Args) => string, build: (args: Args) => Model): (args: Args, turn: number) => Model {
    const passes = new Map<string, { turn: number; readonly model: Model }>();
    return (args, turn) => {
        const key = keyOf(args);
        const running = passes.get(key);
        if (running !== undefined && running.turn < turn) {
            running.turn = turn;
            return running.model;
        }
        const model = build(args);
        passes.set(key, { turn, model });
        return model;
    };
}
