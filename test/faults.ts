import type { Ports } from '../handler/ports.ts';

/** The ports with an effect that can go wrong on its own. */
export const FALLIBLE = [
  'getLogFile',
  'scanWatchlist',
  'scanAccountAliases',
  'scanSuppressions',
  'claim',
  'confirm',
  'release',
  'readState',
  'writeState',
  'addToSession',
  'readSessions',
  'publish',
] as const satisfies readonly (keyof Ports)[];

export const KINDS = [
  'throws before its effect',
  'throws after its effect',
  'is abandoned before its effect',
  'is abandoned after its effect',
] as const;

export interface Fault {
  readonly call: number; // which of all calls, from 0
  readonly kind: (typeof KINDS)[number];
}

export interface FaultyPorts {
  readonly ports: Ports;
  readonly calls: string[]; // port names, in the order of the calls
  readonly abandoned: Promise<'abandoned'>; // settles when the process is gone
}

/** Ports of which one call goes wrong; once abandoned, no further call returns or has an effect. */
export function faultyPorts(real: Ports, fault?: Fault): FaultyPorts {
  const calls: string[] = [];
  const never = new Promise<never>(() => {});
  const { promise: abandoned, resolve } = Promise.withResolvers<'abandoned'>();
  let dead = false;

  const wrap = <A extends unknown[], R>(name: string, port: (...args: A) => Promise<R>) => {
    return async (...args: A): Promise<R> => {
      if (dead) return never;
      const kind = fault?.call === calls.push(name) - 1 ? fault.kind : undefined;
      if (kind === 'throws before its effect') throw new Error(`${name} failed`);
      if (kind === 'is abandoned before its effect') {
        dead = true;
        resolve('abandoned');
        return never;
      }
      const result = await port(...args);
      if (kind === 'throws after its effect') throw new Error(`${name}: reply lost`);
      if (kind === 'is abandoned after its effect') {
        dead = true;
        resolve('abandoned');
      }
      return dead ? never : result;
    };
  };

  const wrapped = Object.fromEntries(
    FALLIBLE.map((name) => [
      name,
      wrap(name, real[name] as (...args: unknown[]) => Promise<unknown>),
    ]),
  );
  return { ports: { ...real, ...wrapped }, calls, abandoned };
}
