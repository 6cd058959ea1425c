/** Does work for each item, for so many at a time. @throws the first failure, once the others that had begun have ended */
export async function together<Item>(atOnce: number, items: readonly Item[], work: (item: Item) => Promise<void>): Promise<void> {
    const left = [...items];
    const worker = async (): Promise<void> => {
        for (let item = left.shift(); item !== undefined; item = left.shift()) {
            await work(item);
        }
    };
    const ends = await Promise.allSettled(Array.from({ length: atOnce }, worker));
    const failed = ends.find((end) => end.status === "rejected");
    if (failed !== undefined) {
        throw failed.reason;
    }
}
