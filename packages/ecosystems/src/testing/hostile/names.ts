/** What no ecosystem takes for a name. */
export const hostileNames: readonly string[] = [
  ...['', ' ', '.', '..', '...', '-', '_', '-rf', '--help', ' name', 'name ', 'na me', 'name\n'],
  ...['../escape', '../../etc/passwd', '..\\escape', '/etc/passwd', 'C:\\x', 'a/../b', 'a\\b'],
  ...[
    'name\0',
    '\0',
    'na\0me',
    'n\u0007me',
    'name\u202e',
    '名前',
    'nаme',
    '🦀',
    '\ud800',
    '\ufeffname',
  ],
  ...['<script>alert(1)</script>', '"quoted"', "'; drop table packages; --", '$(id)', '`id`'],
  ...['%2e%2e%2f', '%00', '{{7*7}}', '${jndi}', 'name?x=1', 'name#x', 'name&x', 'a:b', 'a;b'],
  ...['x'.repeat(300), 'x'.repeat(5000)],
];

/** What no ecosystem takes for a version. */
export const hostileVersions: readonly string[] = [
  ...['', ' ', '.', '..', '...', 'one', 'latest', '*', '-1.0.0', '1..0', '.1', '1.2.', '1.2.3 4'],
  ...[
    '../1.2.0',
    '1.2.0/../../x',
    '/1.2.0',
    '1.2.0\\..',
    '1.2.0\0',
    '\0',
    '1.2.0\n2',
    '1.2.0\u202e',
  ],
  ...['１.２.０', '1,2,0', '1.2.0;', '<b>1.2.0</b>', "1.2.0'--", '$(id)', '%31', '\ud800', 'NaN'],
  ...['-', '--', '1.2.0--?', '1.2.0 || 1', '>=1.2.0', '^1.2.0', `1.${'x'.repeat(3000)}`],
];
