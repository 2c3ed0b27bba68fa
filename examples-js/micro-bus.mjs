// A client of a BridgeVerticle (docs/bridge.md), for Node and browsers, without a dependency: calls, publishes, subscribes, serves.
const PING_MILLIS = 20000;
const id = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');

/** What a call has failed with: go-micro's error, where there is one. */
export class MicroError extends Error {
  constructor(text, code) {
    let error = {};
    try { error = JSON.parse(text) ?? {}; } catch { /* a text of somebody who knows no errors of ours */ }
    super(error.detail ?? text);
    this.code = error.code ?? code ?? 0;
    this.id = error.id ?? '';
  }
}

/** Connects to tcp://host:port (Node), or to ws://host:port/eventbus/websocket (browsers, Node 22). Options: token, metadata. */
export async function connect(url, { token, metadata = {} } = {}) {
  const waiting = new Map(); // what to do with a reply, by its address
  const handlers = new Map(); // who takes messages, by address
  let closed;
  let pings;
  let open = true;
  const whenClosed = new Promise((resolve) => { closed = resolve; });
  const link = await (url.startsWith('tcp:') ? openTcp : openWebSocket)(url, receive, () => {
    open = false;
    clearInterval(pings);
    waiting.forEach(({ reject }) => reject(gone()));
    waiting.clear();
    closed();
  });
  const gone = () => new MicroError('the connection to the bridge is closed', 503);
  const own = token ? { Authorization: `Bearer ${token}` } : {};
  const send = (frame, headers = {}) => link.send(JSON.stringify({ ...frame, headers: { ...own, ...headers } }));
  pings = setInterval(() => open && send({ type: 'ping' }), PING_MILLIS);
  pings.unref?.();

  function ask(frame, headers) {
    const replyAddress = id();
    return new Promise((resolve, reject) => {
      if (!open) return reject(gone());
      waiting.set(replyAddress, { resolve, reject });
      send({ ...frame, replyAddress }, headers);
    });
  }

  function receive(frame) {
    const asked = waiting.get(frame.address);
    if (asked) {
      waiting.delete(frame.address);
      if (frame.type === 'err') asked.reject(new MicroError(frame.message, frame.failureCode));
      else asked.resolve({ body: frame.body, metadata: metadataOf(frame.headers) });
    } else if (handlers.has(frame.address)) {
      answer(frame, handlers.get(frame.address));
    } else if (frame.type === 'err') {
      console.error(`bridge: ${frame.message ?? frame.body}`);
    }
  }

  async function answer({ replyAddress, body, headers = {} }, handler) {
    const reply = { type: 'send', address: replyAddress };
    try {
      const result = await handler(body, metadataOf(headers), headers);
      if (replyAddress) send({ ...reply, body: result ?? null });
    } catch (error) {
      if (replyAddress) send({ ...reply, failureCode: Number.isInteger(error.code) ? error.code : 500, message: error.message });
    }
  }

  async function listen(address, handler) {
    handlers.set(address, handler);
    try {
      await ask({ type: 'register', address });
    } catch (error) {
      handlers.delete(address);
      throw error;
    }
    return () => { handlers.delete(address); return ask({ type: 'unregister', address }); };
  }

  return {
    /** Calls an endpoint; gives { body, metadata }. Options: timeout in milliseconds, metadata. */
    call: (service, endpoint, body = {}, { timeout = 5000, metadata: more = {} } = {}) =>
      ask({ type: 'send', address: 'micro.client', body },
        { service, endpoint, timeout, 'micro-timeout': String(timeout * 1e6), ...headersOf({ ...metadata, ...more }) }),
    /** Publishes to a topic; done when the broker has it. */
    publish: (topic, body, { metadata: more = {} } = {}) =>
      ask({ type: 'send', address: 'micro.broker.publish', body }, { topic, ...headersOf({ ...metadata, ...more }) }),
    /** Takes the messages of a topic: handler(body, metadata). One that throws gets the message again. Gives what ends it. */
    async subscribe(topic, handler, { queue, ...options } = {}) {
      const owner = `micro.owner/${id()}`;
      const leave = await listen(owner, (body, from, headers) => (headers.delivery ? handler(body, from) : null));
      const about = { owner, topic, ...(queue ? { queue } : {}) };
      await ask({ type: 'send', address: 'micro.broker', body: options }, { action: 'subscribe', ...about });
      return async () => {
        await ask({ type: 'send', address: 'micro.broker' }, { action: 'unsubscribe', ...about });
        await leave();
      };
    },
    /** Is the handler of an endpoint that a ServerVerticle serves: handler(body, metadata) gives the answer. Gives what ends it. */
    serve: (service, endpoint, handler) => listen(`micro.handler/${service}/${endpoint}`, handler),
    closed: whenClosed,
    close: () => link.close(),
  };
}

const headersOf = (metadata) => Object.fromEntries(Object.entries(metadata).map(([name, value]) => [`md.${name}`, value]));
const metadataOf = (headers = {}) =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => name.startsWith('md.')).map(([name, value]) => [name.slice(3), value]));

function openWebSocket(url, receive, closed) {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url);
    socket.onmessage = ({ data }) => receive(JSON.parse(data));
    socket.onopen = () => resolve({ send: (text) => socket.send(text), close: () => socket.close() });
    socket.onerror = () => reject(new Error(`${url}: cannot be reached, or lets nobody in from here`));
    socket.onclose = closed;
  });
}

async function openTcp(url, receive, closed) {
  const { createConnection } = await import('node:net');
  const { hostname, port } = new URL(url);
  let rest = Buffer.alloc(0);
  return new Promise((resolve, reject) => {
    const socket = createConnection(Number(port), hostname.replace(/^\[|\]$/g, ''), () => resolve({
      send(text) {
        const frame = Buffer.alloc(4 + Buffer.byteLength(text));
        frame.writeInt32BE(frame.length - 4);
        frame.write(text, 4);
        socket.write(frame);
      },
      close: () => socket.end(),
    }));
    socket.on('data', (bytes) => {
      rest = Buffer.concat([rest, bytes]);
      while (rest.length >= 4 && rest.length >= 4 + rest.readInt32BE()) {
        const end = 4 + rest.readInt32BE();
        receive(JSON.parse(rest.toString('utf8', 4, end)));
        rest = rest.subarray(end);
      }
    });
    socket.on('error', reject);
    socket.on('close', closed);
  });
}
