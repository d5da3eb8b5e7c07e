import { randomUUID } from 'node:crypto';
import { packBatches } from './packBatches.ts';
import type { Lease, Ports } from './ports.ts';
import type { AlertMessage } from './renderMessage.ts';

/** What became of a message. `sent before` also where the same alert went out a moment ago. */
export type Delivery = 'sent' | 'sent before' | 'failed';

/**
 * Publishes each alert once: claim, publish, confirm (docs/decisions/0003). Never throws; a
 * failure is logged and told in the answer, and costs its own alert only.
 * @param messages all claimed at once, so better few than many
 * @param leaseEndsAt epoch seconds; until then nobody else publishes these alerts
 * @returns a delivery for each message, in their order
 */
export async function alertOnce(
  messages: readonly AlertMessage[],
  ports: Ports,
  leaseEndsAt: number,
): Promise<readonly Delivery[]> {
  // An owner of its own for each call: what this invocation published but could not confirm is not
  // published again by a later call that meets the same alert.
  const lease = { owner: randomUUID(), endsAt: leaseEndsAt };
  const unique = messages.filter(
    ({ id }, index) => messages.findIndex((other) => other.id === id) === index,
  );
  const claims = await Promise.all(
    unique.map(async (message) => ({ message, claim: await claimOrFail(message, ports, lease) })),
  );
  const mine = claims.flatMap(({ message, claim }) => (claim === 'claimed' ? [message] : []));
  const published = new Set<string>();
  for (const batch of packBatches(mine)) {
    for (const { id } of await publishOrGiveUp(batch, ports)) published.add(id);
  }
  const deliveries = claims.map(async ({ message: { id }, claim }) => {
    if (claim !== 'claimed') return [id, claim] as const;
    const end = published.has(id) ? confirmOrFail : releaseAndFail;
    return [id, await end(id, ports, lease)] as const;
  });
  return inOrder(messages, new Map(await Promise.all(deliveries)));
}

/** Of messages with one id the first stands for all; the others were sent before, if it was sent. */
function inOrder(
  messages: readonly AlertMessage[],
  deliveries: ReadonlyMap<string, Delivery>,
): Delivery[] {
  const told = new Set<string>();
  return messages.map(({ id }) => {
    const delivery = deliveries.get(id) as Delivery; // of every message
    const again = told.has(id);
    told.add(id);
    return again && delivery === 'sent' ? 'sent before' : delivery;
  });
}

async function claimOrFail(
  { id }: AlertMessage,
  ports: Ports,
  lease: Lease,
): Promise<'claimed' | 'sent before' | 'failed'> {
  try {
    const claim = await ports.claim(id, lease);
    if (claim !== 'held by another') return claim;
    ports.log({ level: 'warn', message: 'alert is being published by another run', alert: id });
  } catch (error) {
    ports.log({ level: 'error', message: 'alert could not be claimed', alert: id, error });
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
async function confirmOrFail(id: string, ports: Ports, lease: Lease): Promise<Delivery> {
  for (let round = 1; round <= CONFIRMS; round += 1) {
    try {
      await ports.confirm(id, lease.owner);
      return 'sent';
    } catch (error) {
      ports.log({
        level: 'error',
        message: 'alert could not be confirmed',
        alert: id,
        error,
        round,
      });
    }
  }
  return 'failed';
}

async function releaseAndFail(id: string, ports: Ports, lease: Lease): Promise<Delivery> {
  try {
    await ports.release(id, lease.owner);
  } catch (error) {
    ports.log({
      level: 'warn',
      message: 'claim not released; its lease will end',
      alert: id,
      error,
    });
  }
  return 'failed';
}
