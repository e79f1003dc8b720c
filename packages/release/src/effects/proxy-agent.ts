import type { Agent } from 'node:http';
import type * as HttpProxy from 'http-proxy-agent';
import type * as HttpsProxy from 'https-proxy-agent';
import { getProxyForUrl } from 'proxy-from-env';
import { isLoopback } from './loopback';

/** Connections through a proxy stay open as those without one do. */
const kept = { keepAlive: true };

const known = new Map<string, Agent>();

/**
 * The way through the proxy that the usual variables name for a URL (`https_proxy`, `http_proxy`, `all_proxy`,
 * `no_proxy`, in either case, and npm's own); undefined where there is none. This machine itself is reached directly.
 * Throws for a proxy that does not speak HTTP.
 */
export function proxyAgent(url: URL): Agent | undefined {
  const proxy = isLoopback(url.href) ? '' : getProxyForUrl(url.href);
  if (proxy === '') return undefined;
  const key = `${url.protocol} ${proxy}`;
  const agent = known.get(key) ?? makeAgent(url.protocol, proxy);
  known.set(key, agent);
  return agent;
}

/** Most people have no proxy, so these are loaded late. */
function makeAgent(protocol: string, proxy: string): Agent {
  const scheme = URL.canParse(proxy) ? new URL(proxy).protocol : 'no URL';
  if (!/^https?:$/.test(scheme))
    throw new Error(`the proxy that is set for \`${protocol}\` is not an HTTP one (\`${scheme}\`)`);
  if (protocol === 'https:') {
    const { HttpsProxyAgent } = require('https-proxy-agent') as typeof HttpsProxy;
    return new HttpsProxyAgent(proxy, kept);
  }
  const { HttpProxyAgent } = require('http-proxy-agent') as typeof HttpProxy;
  return new HttpProxyAgent(proxy, kept);
}
