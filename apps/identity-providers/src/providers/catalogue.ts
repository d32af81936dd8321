import { apple } from './apple.js';
import { azure } from './azure.js';
import { bitbucket } from './bitbucket.js';
import { discord } from './discord.js';
import { facebook } from './facebook.js';
import { figma } from './figma.js';
import { fly } from './fly.js';
import { github } from './github.js';
import { gitlab } from './gitlab.js';
import { google } from './google.js';
import { kakao } from './kakao.js';
import { keycloak } from './keycloak.js';
import { linkedin } from './linkedin.js';
import { linkedinOidc } from './linkedin-oidc.js';
import { notion } from './notion.js';
import type { Provider } from './provider.js';
import { slack, slackOidc } from './slack.js';
import { snapchat } from './snapchat.js';
import { spotify } from './spotify.js';
import { twitch } from './twitch.js';
import { vercelMarketplace } from './vercel-marketplace.js';
import { workos } from './workos.js';
import { x } from './x.js';
import { zoom } from './zoom.js';

const ALL = [
  ...[apple, azure, bitbucket, discord, facebook, figma, fly, github, gitlab, google, kakao, keycloak, linkedin],
  ...[linkedinOidc, notion, slack, slackOidc, snapchat, spotify, twitch, vercelMarketplace, workos, x, zoom],
];

/** Every built-in provider but Twitter, whose protocol is another. */
export const CATALOGUE: ReadonlyMap<string, Provider> = new Map(ALL.map((provider) => [provider.name, provider]));
