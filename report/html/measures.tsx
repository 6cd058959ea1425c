import type { MeasureState, Place } from "../measures";
import { count } from "../words";
import { Badge } from "./state";
import { Table } from "./table";

const idOf = (measure: string): string => `measure-${measure}`;

export function Measures({ measures }: { readonly measures: readonly MeasureState[] }) {
    return (
        <section aria-labelledby="measures">
            <h2 id="measures">Measures</h2>
            <Table
                id="states"
                caption="The state of each measure in this stack"
                head={["Measure", "State", "Why"]}
                rows={measures.map(({ measure, state, why }) => [<a href={`#${idOf(measure)}`}>{measure}</a>, <Badge state={state} />, why])}
            />
            {measures.map((measure) => <Measure {...measure} />)}
        </section>
    );
}

function Measure({ measure, state, why, places, code, policies, guard, evidence, violations }: MeasureState) {
    return (
        <article class="card" aria-labelledby={idOf(measure)}>
            <h3 id={idOf(measure)}>{measure} <Badge state={state} /></h3>
            <p>{why}.</p>
            {violations.length > 0 && (
                <>
                    <h4>Violations</h4>
                    <ul>{violations.map(({ rule, resource, path, is, must }) => <li><strong>{rule}</strong>: {resource}: <code>{path}</code> is {is}; it must be {must}.</li>)}</ul>
                </>
            )}
            <dl>
                <dt>In-cluster guard</dt>
                <dd>{guard ?? "None: the cluster by itself refuses nothing of this."}</dd>
                <dt>Set by the program in</dt>
                <dd>{code.map((file) => <><code>{file}</code> </>)}</dd>
            </dl>
            <details>
                <summary>Where it is set: {count(places.length, "setting")}</summary>
                <ul>{places.map((place) => <PlaceItem {...place} />)}</ul>
            </details>
            <details>
                <summary>Policies: {count(policies.length, "rule")}</summary>
                <ul>{policies.map(({ name, description, file }) => <li><strong>{name}</strong>: {description} <code>{file}</code></li>)}</ul>
            </details>
            <details>
                <summary>Evidence: {count(evidence.length, "test file")}</summary>
                <ul>{evidence.map(({ what, file }) => <li>{what}: <code>{file}</code></li>)}</ul>
            </details>
        </article>
    );
}

function PlaceItem({ path, value, resources }: Place) {
    return (
        <li>
            <code>{path}</code> is <strong>{value}</strong> on {count(resources.length, "object")}: {resources.join(", ")}
        </li>
    );
}
