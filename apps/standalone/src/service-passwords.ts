import { ownership, roleOf } from '@usher/database/migrations/service-ownership';
import type { ServiceName } from '@usher/database/migrations/service-ownership';
import { LaunchError } from '@usher/runtime/local/launch-error';

/**
 * The password of each service's database role, taken from the URLs that the services connect with.
 * @throws LaunchError that names the role for which there is none, and never quotes a URL.
 */
export function servicePasswords(urls: readonly string[]): Record<ServiceName, string> {
  const byRole = new Map(urls.map(loginOf));
  const services = Object.keys(ownership) as ServiceName[];
  const entries = services.map((service) => [service, passwordOf(byRole, roleOf(service))]);
  return Object.fromEntries(entries) as Record<ServiceName, string>;
}

function loginOf(url: string, index: number): [string, string] {
  if (!URL.canParse(url)) throw new LaunchError(`USHER_SERVICE_DATABASE_URLS: entry ${index + 1} is not a URL.`);
  const { username, password } = new URL(url);
  return [decodeURIComponent(username), decodeURIComponent(password)];
}

function passwordOf(byRole: Map<string, string>, role: string): string {
  const password = byRole.get(role);
  if (password) return password;
  throw new LaunchError(`USHER_SERVICE_DATABASE_URLS has no URL with a password for the role ${role}.`);
}
