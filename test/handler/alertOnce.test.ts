import { expect } from 'chai';
import { type Telling, alertOnce as tellOnce } from '../../handler/alertOnce.ts';
import type { Ports, PublishFailure } from '../../handler/ports.ts';
import type { AlertMessage } from '../../handler/renderMessage.ts';
import { type Memory, memoryOf, memoryPorts } from '../../scripts/memoryPorts.ts';

const NOW = Date.parse('2023-07-10T12:26:00Z');
const LEASE_END = NOW / 1000 + 150;

const messageOf = (id: string, bytes = 1000): AlertMessage => ({
  id,
  subject: 'HIGH something',
  body: '{"default":"{}","email":""}',
  attributes: {},
  bytes,
});

const alertOnce = (messages: readonly AlertMessage[], ports: Ports, leaseEndsAt: number) =>
  tellOnce(messages.map(tellingOf), ports, leaseEndsAt);

const tellingOf = (message: AlertMessage): Telling => ({ id: message.id, part: 'alert', message });

const messagesOf = (count: number) =>
  Array.from({ length: count }, (_, index) => messageOf(`event-${index}/entry`));

function freshMemory(): Memory {
  const read = async () => new Uint8Array();
  return memoryOf({ watchlist: [], accountAliases: [], read, now: NOW });
}

/** Ports whose publish fails entries as told, round by round, and records what it was given. */
function failing(memory: Memory, rounds: readonly (readonly PublishFailure[])[]) {
  const real = memoryPorts(memory);
  const published: string[][] = [];
  const pauses: number[] = [];
  const ports: Ports = {
    ...real,
    publish: async (messages) => {
      const failures = rounds[published.length] ?? [];
      published.push(messages.map(({ id }) => id));
      return failures.filter(({ id }) => messages.some((message) => message.id === id));
    },
    pause: async (milliseconds) => void pauses.push(milliseconds),
  };
  return { ports, published, pauses };
}

const throttled = (id: string): PublishFailure => ({ id, code: 'Throttled', senderFault: false });
const refused = (id: string): PublishFailure => ({ id, code: 'Invalid', senderFault: true });
const stateOf = (memory: Memory, id: string) => {
  return memory.state.get(`alert#${id}`)?.get('alert')?.['state'] ?? 'absent';
};

describe('alertOnce', () => {
  it('publishes in order, ten at a time, and confirms each', async () => {
    const memory = freshMemory();
    const { ports, published } = failing(memory, []);
    const messages = messagesOf(23);
    const deliveries = await alertOnce(messages, ports, LEASE_END);
    expect(deliveries).to.deep.equal(messages.map(() => 'sent'));
    expect(published.map((batch) => batch.length)).to.deep.equal([10, 10, 3]);
    expect(published.flat()).to.deep.equal(messages.map(({ id }) => id));
    const claims = [...memory.state.values()].flatMap((items) => [...items.values()]);
    expect(claims.map(({ state }) => state)).to.deep.equal(claims.map(() => 'confirmed'));
  });

  it('splits a batch that would be too large together', async () => {
    const { ports, published } = failing(freshMemory(), []);
    const messages = [messageOf('a', 200_000), messageOf('b', 100_000), messageOf('c', 100_000)];
    await alertOnce(messages, ports, LEASE_END);
    expect(published).to.deep.equal([['a'], ['b', 'c']]);
  });

  it('sends the same alert once when it stands twice among the messages', async () => {
    const memory = freshMemory();
    const deliveries = await alertOnce(
      [messageOf('a'), messageOf('b'), messageOf('a')],
      memoryPorts(memory),
      LEASE_END,
    );
    expect(deliveries).to.deep.equal(['sent', 'sent', 'sent before']);
    expect(memory.published.map(({ id }) => id)).to.deep.equal(['a', 'b']);
  });

  it('sends the first of two messages with one id', async () => {
    const memory = freshMemory();
    const second = { ...messageOf('a'), body: '{"default":"{}","email":"second"}' };
    await alertOnce([messageOf('a'), second], memoryPorts(memory), LEASE_END);
    expect(memory.published).to.deep.equal([messageOf('a')]);
  });

  it('does not publish again, in a later call, what it could not confirm', async () => {
    const memory = freshMemory();
    const confirm: Ports['confirm'] = async () => {
      throw new Error('DynamoDB is away');
    };
    const ports = { ...memoryPorts(memory), confirm };
    expect(await alertOnce([messageOf('a')], ports, LEASE_END)).to.deep.equal(['failed']);
    expect(await alertOnce([messageOf('a')], ports, LEASE_END)).to.deep.equal(['failed']);
    expect(memory.published).to.have.length(1);
  });

  it('counts both as failed when an alert that stands twice fails', async () => {
    const { ports } = failing(freshMemory(), [[refused('a')]]);
    const deliveries = await alertOnce([messageOf('a'), messageOf('a')], ports, LEASE_END);
    expect(deliveries).to.deep.equal(['failed', 'failed']);
  });

  it('sends nothing that was confirmed before', async () => {
    const memory = freshMemory();
    await alertOnce([messageOf('a')], memoryPorts(memory), LEASE_END);
    const deliveries = await alertOnce([messageOf('a')], memoryPorts(memory), LEASE_END);
    expect(deliveries).to.deep.equal(['sent before']);
    expect(memory.published).to.have.length(1);
  });

  it('fails what another run holds, until that lease has ended', async () => {
    const memory = freshMemory();
    const other = { owner: 'run-0', endsAt: NOW / 1000 + 10 };
    await memoryPorts(memory).claim({ id: 'a', part: 'alert' }, other);
    const ports = memoryPorts(memory);
    expect(await alertOnce([messageOf('a')], ports, LEASE_END)).to.deep.equal(['failed']);
    memory.now += 11_000;
    expect(await alertOnce([messageOf('a')], ports, LEASE_END)).to.deep.equal(['sent']);
  });

  it('sends failed entries alone again', async () => {
    const memory = freshMemory();
    const rounds = [[throttled('event-1/entry')], [throttled('event-1/entry')]];
    const { ports, published, pauses } = failing(memory, rounds);
    const deliveries = await alertOnce(messagesOf(3), ports, LEASE_END);
    expect(deliveries).to.deep.equal(['sent', 'sent', 'sent']);
    expect(published.slice(1)).to.deep.equal([['event-1/entry'], ['event-1/entry']]);
    expect(pauses).to.deep.equal([200, 400]);
  });

  it('gives up after three resends, and releases its claim', async () => {
    const memory = freshMemory();
    const { ports, published } = failing(
      memory,
      Array.from({ length: 10 }, () => [throttled('event-0/entry')]),
    );
    const deliveries = await alertOnce(messagesOf(2), ports, LEASE_END);
    expect(deliveries).to.deep.equal(['failed', 'sent']);
    expect(published).to.have.length(4);
    expect(stateOf(memory, 'event-0/entry')).to.equal('absent');
    expect(stateOf(memory, 'event-1/entry')).to.equal('confirmed');
  });

  it('does not send again what is the sender’s fault', async () => {
    const memory = freshMemory();
    const rounds = [[refused('event-0/entry'), throttled('event-1/entry')]];
    const { ports, published } = failing(memory, rounds);
    const deliveries = await alertOnce(messagesOf(3), ports, LEASE_END);
    expect(deliveries).to.deep.equal(['failed', 'sent', 'sent']);
    expect(published[1]).to.deep.equal(['event-1/entry']);
    expect(stateOf(memory, 'event-0/entry')).to.equal('absent');
  });

  it('releases all claims of a batch whose call fails, and goes on with the next', async () => {
    const memory = freshMemory();
    const real = memoryPorts(memory);
    let calls = 0;
    const publish: Ports['publish'] = async (messages) => {
      calls += 1;
      if (calls === 1) throw new Error('SNS is away');
      return real.publish(messages);
    };
    const deliveries = await alertOnce(messagesOf(12), { ...real, publish }, LEASE_END);
    expect(deliveries.slice(0, 10)).to.deep.equal(Array(10).fill('failed'));
    expect(deliveries.slice(10)).to.deep.equal(['sent', 'sent']);
    expect(stateOf(memory, 'event-0/entry')).to.equal('absent');
    expect(calls).to.equal(2);
  });

  it('fails a claim that cannot be made, and sends its neighbours', async () => {
    const memory = freshMemory();
    const real = memoryPorts(memory);
    const claim: Ports['claim'] = async (claimed, lease) => {
      if (claimed.id === 'event-1/entry') throw new Error('DynamoDB is away');
      return real.claim(claimed, lease);
    };
    const deliveries = await alertOnce(messagesOf(3), { ...real, claim }, LEASE_END);
    expect(deliveries).to.deep.equal(['sent', 'failed', 'sent']);
    expect(memory.published).to.have.length(2);
  });

  it('confirms at the third try, and keeps the claim when the third fails too', async () => {
    for (const failures of [2, 3]) {
      const memory = freshMemory();
      const real = memoryPorts(memory);
      let tries = 0;
      const confirm: Ports['confirm'] = async (id, owner) => {
        tries += 1;
        if (tries <= failures) throw new Error('DynamoDB is away');
        return real.confirm(id, owner);
      };
      const deliveries = await alertOnce([messageOf('a')], { ...real, confirm }, LEASE_END);
      expect(deliveries).to.deep.equal([failures === 2 ? 'sent' : 'failed']);
      expect(stateOf(memory, 'a')).to.equal(failures === 2 ? 'confirmed' : 'claimed');
      expect(tries).to.equal(3);
    }
  });

  it('never throws, and names the alert in the log, when nothing works', async () => {
    const memory = freshMemory();
    const away = async () => {
      throw new Error('away');
    };
    const ports = { ...memoryPorts(memory), publish: away, release: away };
    expect(await alertOnce([messageOf('a')], ports, LEASE_END)).to.deep.equal(['failed']);
    expect(memory.logged.map(({ alert }) => alert)).to.include('a');
  });
});
