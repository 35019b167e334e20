import dns from 'node:dns';
import net from 'node:net';

/** A test that reaches for the network is a bug in the product: it dies here, by name. */
const refuse = (what: string) => (): never => {
  throw new Error(`${what}: tainted never goes online`);
};

net.connect = refuse('net.connect');
net.createConnection = refuse('net.createConnection');
net.Socket.prototype.connect = refuse('Socket.connect');
dns.lookup = refuse('dns.lookup') as unknown as typeof dns.lookup;
globalThis.fetch = refuse('fetch');
