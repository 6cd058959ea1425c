import { everything, edited } from "./programs";
import type { Edits } from "./edits";
import type { Resource, Resources } from "../../project";
import type { Setting } from "./setting";

/** The way of one program from change to change, the same with both providers. */
export class Course {
    /** What the program makes now, in a namespace. */
    resources: (namespace: string) => Resources = everything;

    constructor(readonly setting: Setting) {}

    write(): Promise<void> {
        return this.setting.write(this.resources);
    }

    /** From here on the program says this. */
    edit(edits: Readonly<Record<string, Edits>>): Promise<void> {
        const before = this.resources;
        this.resources = (namespace) => edited(before(namespace), edits);
        return this.write();
    }

    /** From here on the program makes this one too. */
    add(name: string, make: (namespace: string) => Resource): Promise<void> {
        const before = this.resources;
        this.resources = (namespace) => ({ ...before(namespace), [name]: make(namespace) });
        return this.write();
    }

    drop(name: string): Promise<void> {
        const before = this.resources;
        this.resources = (namespace) => Object.fromEntries(Object.entries(before(namespace)).filter(([other]) => other !== name));
        return this.write();
    }

    /** @returns what the small one's run said */
    async up(ends: "well" | "badly" = "well"): Promise<string> {
        return (await this.setting.run(ends, "up", "--yes", "--skip-preview")).small;
    }

    async refresh(): Promise<void> {
        await this.setting.run("well", "refresh", "--yes", "--skip-preview");
    }

    async demandNothingToDo(): Promise<void> {
        const { plan } = await this.setting.agreeOnPreview();
        if (plan.length > 0) {
            throw new Error(`there is something to do: ${plan.join(", ")}`);
        }
    }
}
