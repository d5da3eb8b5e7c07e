/** Grants, and waiters, that are kept under a link of the Session table. */
export const MOST_KEPT = 20;
