import { z } from "zod";
import { object, text } from "./fields";

/** As the API server knows them; they stand between quotes in expressions. */
const NAME = /^[^\s'"\\]+$/;
/** Kubernetes' own groups are everybody's, or every administrator's: a deployer by such a group would be no exception. */
const group = text(/^(?!system:)[^\s'"\\]+$/, "a group that is none of Kubernetes' own, which begin with system:");
const user = text(NAME, "the name of a user, as the API server knows it").refine((name) => name !== "system:anonymous", { error: "the name of a user who has shown who it is" });

/** Users and groups of the cluster. */
export const people = object({
    users: z.array(user, { error: "a list of users" }).default([]),
    groups: z.array(group, { error: "a list of groups" }).default([]),
});

export const NOBODY = { users: [], groups: [] };

export const deployers = people.refine(({ users, groups }) => users.length + groups.length > 0, { error: "at least one user or group, or nobody could update the stack" });
