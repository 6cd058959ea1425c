/** Says which day it is, in UTC: `2026-11-24`. Everything that depends on the date gets it from here. */
export type Clock = () => string;

export const today: Clock = () => new Date().toISOString().slice(0, 10);

const DAY_MS = 86_400_000;

/** Whether a text is a day of the calendar, written `2027-01-31`. */
export function isDay(text: string): boolean {
    const time = Date.parse(`${text}T00:00:00Z`);
    return !Number.isNaN(time) && new Date(time).toISOString().slice(0, 10) === text;
}

/** Days from one day to a later one; negative to an earlier one. */
export function daysUntil(day: string, from: string): number {
    return (Date.parse(`${day}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS;
}
