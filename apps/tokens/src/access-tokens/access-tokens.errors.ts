import { AuthError } from '@usher/contracts/errors';

/** Without a code, as the reference has it: the client sees `unexpected_failure` in the body and no `x-sb-error-code`. */
export class UnusableClaims extends AuthError {
  constructor(message: string) {
    super(null, message, { status: 500 });
  }

  static missing(): UnusableClaims {
    return new UnusableClaims('output claims field is missing');
  }

  static malformed(problems: readonly string[]): UnusableClaims {
    const lines = problems.map((problem) => `- ${problem}\n`).join('');
    return new UnusableClaims(`output claims do not conform to the expected schema: \n${lines}`);
  }
}
