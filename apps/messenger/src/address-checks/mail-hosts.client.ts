import { Resolver } from 'node:dns/promises';

/** For all checks of an address together. */
export const BUDGET_MS = 3_000;

export type MailHostsVerdict = 'accepted' | 'refused' | 'blocked';

/** Codes of a name server that knows that there is nothing; failures and timeouts are none of them. */
const NOT_FOUND = ['ENOTFOUND', 'ENODATA'];

/** Asks DNS whether a host may get mail: it has an MX record, or at least an address. */
export class MailHosts {
  private readonly resolver: Resolver;

  constructor(servers?: readonly string[]) {
    this.resolver = new Resolver({ timeout: BUDGET_MS, tries: 1 });
    if (servers) this.resolver.setServers(servers);
  }

  async judge(host: string, blocked: readonly string[]): Promise<MailHostsVerdict> {
    const mx = await found(this.resolver.resolveMx(host));
    if (mx !== 'none')
      return isBlocked(
        mx?.map(({ exchange }) => exchange),
        blocked,
      );
    const [v4, v6] = await Promise.all([found(this.resolver.resolve4(host)), found(this.resolver.resolve6(host))]);
    if (v4 === 'none' && v6 === 'none') return 'refused';
    return isBlocked(
      [v4, v6].flatMap((addresses) => (Array.isArray(addresses) ? addresses : [])),
      blocked,
    );
  }
}

/** 'none' only when the server says so; undefined when it cannot be told. */
function found<T>(answer: Promise<T>): Promise<T | 'none' | undefined> {
  return answer.catch((error: unknown) =>
    NOT_FOUND.includes((error as NodeJS.ErrnoException).code ?? '') ? 'none' : undefined,
  );
}

function isBlocked(hosts: readonly string[] = [], blocked: readonly string[]): MailHostsVerdict {
  return hosts.some((host) => blocked.includes(host.replace(/\.$/, ''))) ? 'blocked' : 'accepted';
}
