export interface BannerFacts {
  /** Base URL of the API. */
  url: string;
  publishableKey: string;
  anonKey: string;
  secretKey: string;
  serviceRoleKey: string;
  dataDir: string;
  /** Undefined: mails go to an SMTP server. */
  mailboxDir: string | undefined;
}

/** What is printed once everything is healthy. Plain text: it must read well in any terminal and in a file. */
export function banner(facts: BannerFacts): string {
  const rows: [string, string][] = [
    ['URL', `${facts.url}/auth/v1`],
    ['publishable key', facts.publishableKey],
    ['  as a JWT (anon)', facts.anonKey],
    ['secret key', facts.secretKey],
    ['  as a JWT', facts.serviceRoleKey],
    ['data', facts.dataDir],
    ['mails', facts.mailboxDir ? `${facts.mailboxDir} (one file each, nothing is sent)` : 'sent by SMTP'],
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  return [
    '',
    'Usher is ready.',
    '',
    ...rows.map(([name, value]) => `  ${name.padEnd(width)}  ${value}`),
    '',
    'Try, in another terminal:',
    '',
    ...examples(facts),
    'Ctrl-C ends everything; the data stays.',
    '',
  ].join('\n');
}

function examples({ url, publishableKey }: BannerFacts): string[] {
  return [
    '  # sign up',
    `  curl ${url}/auth/v1/signup -H 'apikey: ${publishableKey}' -H 'content-type: application/json' \\`,
    `       -d '{"email":"ada@example.com","password":"correct horse battery"}'`,
    '',
    '  # the same from an application',
    "  node --input-type=module <<'END'",
    "  import { createClient } from '@supabase/supabase-js';",
    `  const { auth } = createClient('${url}', '${publishableKey}');`,
    '  const { data, error } = await auth.signInAnonymously();',
    '  console.log(error ?? data.user);',
    '  END',
    '',
    '  # hear of every user, as your other services do',
    '  npx usher events tail',
    '',
  ];
}
