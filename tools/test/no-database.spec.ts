it('keeps the database of the caller from tests, and from what they start', () => {
  process.env['FORGE_DATABASE_URL'] = 'postgres://somebody@db.example/registry';
  jest.isolateModules(() => void jest.requireActual('../../jest.preset.js'));
  expect(process.env).not.toHaveProperty('FORGE_DATABASE_URL');
});
