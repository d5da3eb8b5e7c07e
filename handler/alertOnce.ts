import { randomUUID } from 'node:crypto';
import { packBatches } from './packBatches.ts';
import type { ClaimRef, Lease, Ports } from './ports.ts';
import { present } from './present.ts';
import type { AlertMessage } from './renderMessage.ts';

/** A message to publish once; without one the claim is all there is: of a silent entry. */
export interface Telling {
  readonly id: string; // the alert's
  readonly part: string; // alert, or count#STEP
  readonly told?: number; // the count that it tells
  readonly until?: number; // how long it may still be asked for, late files aside; epoch seconds
  readonly message?: AlertMessage;
}

/** What became of it. `sent before` also where the same alert went out a moment ago. */
export type Delivery = 'sent' | 'sent before' | 'failed';

/**
 * Publishes each alert once: claim, publish, confirm (docs/decisions/0003). Never throws; a
 * failure is logged and told in the answer, and costs its own alert only.
 * @param tellings all claimed at once, so better few than many; those with one id are of one part
 * @param leaseEndsAt epoch seconds; until then nobody else publishes these alerts
 * @returns a delivery for each, in their order
 */
export async function alertOnce(
  tellings: readonly Telling[],
  ports: Ports,
  leaseEndsAt: number,
): Promise<readonly Delivery[]> {
  // An owner of its own for each call: what this invocation published but could not confirm is not
  // published again by a later call that meets the same alert.
  const lease = { owner: randomUUID(), endsAt: leaseEndsAt };
  const unique = tellings.filter(
    ({ id }, index) => tellings.findIndex((other) => other.id === id) === index,
  );
  const claims = await Promise.all(
    unique.map(async (telling) => ({ telling, claim: await claimOrFail(telling, ports, lease) })),
  );
  const mine = claims.flatMap(({ telling, claim }) =>
    claim === 'claimed' && telling.message !== undefined ? [telling.message] : [],
  );
  const published = new Set<string>();
  for (const batch of packBatches(mine)) {
    for (const { id } of await publishOrGiveUp(batch, ports)) published.add(id);
  }
  const deliveries = claims.map(async ({ telling, claim }) => {
    const { id, message } = telling;
    if (claim !== 'claimed') return [id, claim] as const;
    if (message === undefined) return [id, 'sent'] as const; // silent: confirmed by its claim
    const end = published.has(id) ? confirmOrFail : releaseAndFail;
    return [id, await end(claimOf(telling), ports, lease)] as const;
  });
  return inOrder(tellings, new Map(await Promise.all(deliveries)));
}

function claimOf({ id, part, told, until, message }: Telling): ClaimRef {
  const silent = message === undefined ? (true as const) : undefined;
  return { id, part, ...present({ told, until, subject: message?.subject, silent }) };
}

/** Of those with one id the first stands for all; the others were sent before, if it was sent. */
function inOrder(
  tellings: readonly Telling[],
  deliveries: ReadonlyMap<string, Delivery>,
): Delivery[] {
  const told = new Set<string>();
  return tellings.map(({ id }) => {
    const delivery = deliveries.get(id) as Delivery; // of every one
    const again = told.has(id);
    told.add(id);
    return again && delivery === 'sent' ? 'sent before' : delivery;
  });
}

async function claimOrFail(
  telling: Telling,
  ports: Ports,
  lease: Lease,
): Promise<'claimed' | 'sent before' | 'failed'> {
  try {
    const claim = await ports.claim(claimOf(telling), lease);
    if (claim !== 'held by another') return claim;
    ports.log({
      level: 'warn',
      message: 'alert is being published by another run',
      alert: telling.id,
    });
  } catch (error) {
    ports.log({ level: 'error', message: 'alert could not be claimed', alert: telling.id, error });
  }
  return 'failed';
}

const RESENDS = 3;

/** Publishes a batch, failed entries alone again; returns the messages that SNS took. */
async function publishOrGiveUp(
  batch: readonly AlertMessage[],
  ports: Ports,
): Promise<readonly AlertMessage[]> {
  const given = new Set<string>(); // ids given up
  let open = batch;
  for (let round = 0; open.length > 0 && round <= RESENDS; round += 1) {
    if (round > 0) await ports.pause(100 * 2 ** round);
    const failures = await publishOrNone(open, ports);
    if (failures === undefined) break; // the client has tried the whole call again itself
    for (const { id, senderFault, code } of failures) {
      if (senderFault) given.add(id);
      ports.log({ level: 'warn', message: 'SNS refused an alert', alert: id, code, senderFault });
    }
    const failed = new Set(failures.map(({ id }) => id));
    open = open.filter(({ id }) => failed.has(id) && !given.has(id));
  }
  const lost = new Set([...given, ...open.map(({ id }) => id)]);
  return batch.filter(({ id }) => !lost.has(id));
}

async function publishOrNone(messages: readonly AlertMessage[], ports: Ports) {
  try {
    return await ports.publish(messages);
  } catch (error) {
    ports.log({ level: 'error', message: 'alerts could not be published', error });
    return undefined;
  }
}

const CONFIRMS = 3;

/** An alert that went out unconfirmed is failed: redelivery, after its lease, sends it again. */
async function confirmOrFail(claim: ClaimRef, ports: Ports, lease: Lease): Promise<Delivery> {
  for (let round = 1; round <= CONFIRMS; round += 1) {
    try {
      await ports.confirm(claim, lease.owner);
      return 'sent';
    } catch (error) {
      ports.log({
        level: 'error',
        message: 'alert could not be confirmed',
        alert: claim.id,
        error,
        round,
      });
    }
  }
  return 'failed';
}

async function releaseAndFail(claim: ClaimRef, ports: Ports, lease: Lease): Promise<Delivery> {
  try {
    await ports.release(claim, lease.owner);
  } catch (error) {
    ports.log({
      level: 'warn',
      message: 'claim not released; its lease will end',
      alert: claim.id,
      error,
    });
  }
  return 'failed';
}
