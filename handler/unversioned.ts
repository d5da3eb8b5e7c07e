const ENDS_IN_DIGIT = /\d$/;
const VERSIONS = [/\d{4}_?\d{2}_?\d{2}$/, /\d{4}_?\d{2}_?\d{2}v\d+$/];

/** An event name without the API version that it may end in; there may be two ways to see one. */
export function unversioned(eventName: string): readonly string[] {
  if (!ENDS_IN_DIGIT.test(eventName)) return NONE; // nearly always
  return VERSIONS.filter((version) => version.test(eventName)).map((version) =>
    eventName.replace(version, ''),
  );
}

const NONE: readonly string[] = [];
