import { Controller } from '@nestjs/common';
import type { Bearer, RequestContext } from '@usher/contracts/request-context';
import {
  acceptFactor,
  challengeFactor,
  checkFactor,
  enrollFactor,
  findFactor,
  removeFactor,
  type ChallengeFactorInput,
  type EnrollFactorInput,
  type FactorAnswer,
  type FactorProof,
  type NamedFactor,
} from '@usher/contracts/users/factors.contract';
import { Handles } from '@usher/messaging/handles';
import { Enrolment } from './enrolment.service.js';
import { FactorAcceptance } from './factor-acceptance.service.js';
import { FactorChallenges } from './factor-challenges.service.js';
import { FactorChecks } from './factor-checks.service.js';
import { FactorRemoval } from './factor-removal.service.js';

@Controller()
export class FactorsRpc {
  constructor(
    private readonly enrolment: Enrolment,
    private readonly challenges: FactorChallenges,
    private readonly checks: FactorChecks,
    private readonly acceptance: FactorAcceptance,
    private readonly removal: FactorRemoval,
  ) {}

  @Handles(enrollFactor)
  enrol(input: EnrollFactorInput, context: RequestContext) {
    return this.enrolment.enrol(input, context);
  }

  @Handles(findFactor)
  find(named: NamedFactor) {
    return this.challenges.find(named);
  }

  @Handles(challengeFactor)
  challenge(input: ChallengeFactorInput, context: RequestContext) {
    return this.challenges.challenge(input, context);
  }

  @Handles(checkFactor)
  check(input: FactorAnswer, context: RequestContext) {
    return this.checks.check(input, context);
  }

  @Handles(acceptFactor)
  accept({ bearer, proof }: { bearer: Bearer; proof: FactorProof }, context: RequestContext) {
    return this.acceptance.accept(bearer, proof, context);
  }

  @Handles(removeFactor)
  remove(named: NamedFactor, context: RequestContext) {
    return this.removal.remove(named, context);
  }
}
