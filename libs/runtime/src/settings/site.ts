import { bool, list, str } from './parse.js';
import { concern, variable } from './schema.js';
import type { ValuesOf } from './schema.js';

export const siteSettings = concern({
  title: 'Site, redirect URLs, sign-up switch',
  variables: {
    url: variable({
      name: 'GOTRUE_SITE_URL',
      type: str(),
      required: 'present',
      help: 'default redirect target, always an allowed host, base of relative mail template URLs',
    }),
    uriAllowList: variable({
      name: 'GOTRUE_URI_ALLOW_LIST',
      type: list(),
      help: 'further redirect targets; globs in which `*` stays between `.` and `/` and `**` does not',
    }),
    disableSignup: variable({
      name: 'GOTRUE_DISABLE_SIGNUP',
      type: bool(),
      help: 'refuse every new account that an admin did not create',
    }),
  },
  check(site, report) {
    for (const pattern of site.uriAllowList) {
      const problem = report.globProblem(pattern);
      if (problem) report.problem('GOTRUE_URI_ALLOW_LIST', `invalid glob ${JSON.stringify(pattern)}: ${problem}`);
    }
  },
});

export type SiteSettings = ValuesOf<typeof siteSettings>;
