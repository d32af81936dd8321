import { Controller, Get, Head } from '@nestjs/common';
import { Answer } from '../http/answer.js';

const HEALTHY = Answer.json({
  version: 'unknown version',
  name: 'GoTrue',
  description: 'GoTrue is a user registration and authentication API',
});

/** The name is the reference's: clients and dashboards look at it (accounts.md §24.2). */
@Controller('health')
export class HealthController {
  @Get()
  health(): Answer {
    return HEALTHY;
  }

  /** GNU wget's `--spider`, the usual container health check, asks so. */
  @Head()
  probe(): Answer {
    return HEALTHY;
  }
}
