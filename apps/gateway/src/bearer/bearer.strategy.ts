import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import type { Bearer } from '@usher/contracts/request-context';
import type { JsonObject } from '@usher/contracts/user-object';
import type { FastifyRequest } from 'fastify';
import { Strategy } from 'passport-jwt';
import { bearerToken } from './bearer-token.js';
import { readClaims } from './claims.js';
import { VerifiedTokens } from './verified-tokens.js';

type Verifier = (
  token: string,
  key: string,
  options: object,
  done: (error: unknown, claims?: JsonObject) => void,
) => void;

/**
 * passport-jwt with our verifier in place of jsonwebtoken's: that one knows neither EdDSA nor keys chosen by `kid`. The key is ours to choose, so
 * passport is given an empty one.
 */
@Injectable()
export class BearerStrategy extends PassportStrategy(Strategy, 'bearer') {
  constructor(tokens: VerifiedTokens) {
    const verifier: Verifier = (token, _key, _options, done) => {
      try {
        done(null, tokens.verify(token));
      } catch (error) {
        done(error);
      }
    };
    Object.assign(Strategy, { JwtVerifier: verifier });
    super({
      jwtFromRequest: (request: unknown) => bearerToken((request as FastifyRequest).exchange.header('authorization')),
      secretOrKeyProvider: (_request: unknown, _token: unknown, done: (error: null, key: string) => void) =>
        done(null, ''),
    });
  }

  validate(claims: JsonObject): Bearer {
    return readClaims(claims);
  }
}
