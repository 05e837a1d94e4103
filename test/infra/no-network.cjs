// Loaded before anything else in a process that must not reach any network: writes down who it wanted to reach.
const { appendFileSync } = require('node:fs');
const { Socket } = require('node:net');

const connect = Socket.prototype.connect;
Socket.prototype.connect = function (...args) {
  const [options] = Array.isArray(args[0]) ? args[0] : args;
  const path = typeof options === 'string' ? options : options?.path;
  // A path is a pipe between processes of this machine.
  if (path === undefined || path === null)
    appendFileSync(process.env.CONNECTIONS, `${JSON.stringify(options)}\n`);
  return connect.apply(this, args);
};
