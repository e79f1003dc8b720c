import type { WireRequest } from '../../model';
import { accountRoutes } from './account-routes';

/** What a key may do that `gem signin` asks for with this form. */
function rightsOf(method: 'GET' | 'POST', form: string): unknown {
  const route = accountRoutes.find((each) => each.kind === 'token' && each.method === method);
  if (route?.kind !== 'token') throw new Error('there is no such route');
  const request: WireRequest = {
    ...{ method, path: route.path, params: {}, query: {}, headers: {} },
    body: Buffer.from(form),
  };
  const order = route.order(request);
  return order.ok && order.value.act === 'make' ? order.value.wants.scopes : order;
}

it.each([
  [
    'the rights that are chosen',
    'push_rubygem=true&yank_rubygem=true',
    ['publish:rubygems', 'yank'],
  ],
  ['one right for both sides of owning', 'add_owner=true&remove_owner=true', ['owners']],
  ['to read, where nothing is chosen', 'name=laptop', ['read']],
  ['to read, where what is chosen means nothing here', 'show_dashboard=true', ['read']],
])('makes a key for %s', (_, form, rights) => {
  expect(rightsOf('POST', form)).toEqual(rights);
});

it('makes a key for everything where nobody could choose, as RubyGems did before 3.2', () => {
  expect(rightsOf('GET', '')).toBeUndefined();
});
