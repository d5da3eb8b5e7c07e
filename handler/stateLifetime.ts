/** How long a row of State lives after it is of use, in seconds: CloudTrail delivers for 30 days. */
export const STATE_LIFETIME = 45 * 24 * 60 * 60;
