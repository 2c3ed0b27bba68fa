// Serves Clock.Now of the service clock, and calls it: node examples-js/clock.mjs [tcp://host:port]
import { connect } from './micro-bus.mjs';

const bus = await connect(process.argv[2] ?? 'tcp://127.0.0.1:7000', { token: process.env.BRIDGE_TOKEN });
await bus.serve('clock', 'Clock.Now', ({ zone = 'UTC' }) => {
  try {
    return { now: new Date().toLocaleString('sv', { timeZone: zone }), zone };
  } catch {
    throw Object.assign(new Error(`no zone ${zone}`), { code: 404 });
  }
});
console.log('serving clock');

await bus.subscribe('news', (news, metadata) => console.log(`news from ${metadata.From}: ${news.headline}`));
await bus.publish('news', { headline: 'the clock ticks' }, { metadata: { From: 'node' } });

const { body } = await bus.call('clock', 'Clock.Now', { zone: 'Europe/Berlin' });
console.log(`called: ${body.zone}`);
await bus.call('clock', 'Clock.Now', { zone: 'Nowhere' }).catch((error) => console.log(`refused: ${error.code} ${error.message}`));
await bus.closed;
