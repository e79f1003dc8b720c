/** Hosts by which this machine knows itself; what goes there needs no encryption. */
export const loopbackHosts: readonly string[] = ['127.0.0.1', 'localhost', '[::1]'];
