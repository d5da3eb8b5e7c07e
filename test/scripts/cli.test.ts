import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { expect } from 'chai';
import { type Command, UsageError } from '../../scripts/cli.ts';
import { outcomeOf } from './terminal.ts';

const options = { size: { type: 'string', default: 'small' } } as const;

const greet: Command<typeof options> = {
  help: 'Greets.\n',
  options,
  run: async ({ size }, paths, terminal) => {
    if (size === 'wrong') throw new UsageError('size: expected small or large');
    if (size === 'broken') throw new Error('AWS is away');
    terminal.out(`${size} ${paths.join('+')}\n`);
    return 7;
  },
};

describe('cli', () => {
  it('gives a command its options and paths, and takes its exit code', async () => {
    const outcome = await outcomeOf(greet, '--size', 'large', 'a', 'b');
    expect(outcome).to.deep.equal({ code: 7, out: 'large a+b\n', err: '' });
  });

  it('prints help, on standard output, and ends well', async () => {
    expect(await outcomeOf(greet, '--help')).to.deep.equal({ code: 0, out: 'Greets.\n', err: '' });
    expect((await outcomeOf(greet, '-h')).code).to.equal(0);
  });

  it('ends in 2 for an unknown option or a missing value, and names it', async () => {
    const unknown = await outcomeOf(greet, '--colour');
    expect(unknown).to.deep.include({ code: 2, out: '' });
    expect(unknown.err).to.match(/Unknown option '--colour'.*--help/);
    expect((await outcomeOf(greet, '--size')).code).to.equal(2);
  });

  it('ends in 2 for what the command refuses, in 1 for what it could not foresee', async () => {
    const refused = await outcomeOf(greet, '--size', 'wrong');
    expect(refused.code).to.equal(2);
    expect(refused.err).to.include('size: expected small or large');
    const broken = await outcomeOf(greet, '--size', 'broken');
    expect(broken.code).to.equal(1);
    expect(broken.err).to.include('AWS is away');
  });

  it('stops what was started when the process is told to end', async () => {
    const program = `
      import { stoppedAfter } from './scripts/cli.ts';
      setInterval(() => {}, 1000);
      await stoppedAfter(async () => console.log('stopped'), () => {
        console.log('started');
        return new Promise(() => {});
      });`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', program]);
    const output = text(child.stdout);
    await once(child.stdout, 'data');
    child.kill('SIGTERM');
    const [code] = await once(child, 'exit');
    expect(code).to.equal(143);
    expect(await output).to.include('stopped');
  });
});
