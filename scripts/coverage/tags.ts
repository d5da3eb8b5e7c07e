import type { Entry } from '../../handler/entry.ts';
import { AREAS } from './areas.ts';
import { ATTACK_TECHNIQUES } from './attackTechniques.ts';
import { CIS_CONTROLS } from './cisControls.ts';

const KINDS: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  area: AREAS,
  cis: CIS_CONTROLS,
  attack: ATTACK_TECHNIQUES,
};

/** What is wrong with an entry's tags: one that names nothing known, or not one area. */
export function tagProblems({ id, tags = [] }: Entry): string[] {
  const unknown = tags.filter((tag) => {
    const [kind = '', value = ''] = tag.split(':');
    return !Object.hasOwn(KINDS, kind) || !Object.hasOwn(KINDS[kind] ?? {}, value);
  });
  const areas = tags.filter((tag) => tag.startsWith('area:'));
  return [
    ...unknown.map((tag) => `${id}: the tag ${tag} names nothing that is known`),
    ...(areas.length === 1 ? [] : [`${id}: expected one tag of an area, such as area:logging`]),
  ];
}

/** Entries with a tag, such as `cis:4.1`. */
export function tagged(entries: readonly Entry[], tag: string): readonly Entry[] {
  return entries.filter(({ tags = [] }) => tags.includes(tag));
}

/** Entries of a technique, or of one below it. */
export function covering(entries: readonly Entry[], id: string): readonly Entry[] {
  return entries.filter(({ tags = [] }) =>
    tags.some((tag) => tag === `attack:${id}` || tag.startsWith(`attack:${id}.`)),
  );
}
