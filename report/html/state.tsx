import type { State } from "../measures";

/** A sign beside the word, so that a state is seen at a glance and never told by colour alone. */
const SIGNS: Readonly<Record<State, string>> = { "in force": "✔", partly: "◐", violated: "✘", "not used": "–" };

export function Badge({ state }: { readonly state: State }) {
    return <span class={`badge ${state.replace(" ", "-")}`}><span aria-hidden="true">{SIGNS[state]}</span> {state}</span>;
}
