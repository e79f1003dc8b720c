import { describeWithTools } from './support/describe-with-tools';
import { installUnderLoad } from './support/load/install-under-load';
import { installers } from './support/load/installers';

describeWithTools('installs beside publishes', ['cargo', 'npm', 'pypi', 'rubygems'], () => {
  it('all get what they ask for, whatever is published meanwhile', async () => {
    const { installs, published, failures } = await installUnderLoad(4_000);
    expect(failures).toEqual([]);
    expect(Object.keys(installs).sort()).toEqual(installers.map(({ tool }) => tool).sort());
    expect(published).toBeGreaterThan(30);
  }, 120_000);
});
