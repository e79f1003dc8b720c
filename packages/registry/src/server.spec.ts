import { startRegistry } from './server';
import { startToyRegistry } from './testing/client';
import * as webhooks from './webhooks/webhooks';

it('leaves nothing running where it cannot listen', async () => {
  const registry = await startToyRegistry();
  const { openWebhooks } = webhooks;
  const stopped: boolean[] = [];
  jest.spyOn(webhooks, 'openWebhooks').mockImplementation((options) => {
    const opened = openWebhooks(options);
    const stop = () => {
      stopped.push(true);
      return opened.dispatcher.stop();
    };
    return { ...opened, dispatcher: { ...opened.dispatcher, stop } };
  });
  const taken = startRegistry({ port: Number(new URL(registry.url).port) });
  await expect(taken).rejects.toMatchObject({ code: 'EADDRINUSE' });
  expect(stopped).toEqual([true]);
  await registry.close();
}, 60_000);
