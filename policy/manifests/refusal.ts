/** Says where a document can't be taken as it is, and why. */
export class Refusal extends Error {
    override readonly name = "Refusal";

    constructor(readonly offset: number, message: string) {
        super(message);
    }
}
