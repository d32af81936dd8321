import { describe, expect, it } from '@jest/globals';
import { judgeAddress } from './address.js';

describe('judgeAddress', () => {
  it.each([
    ...['test@gmail.com', 'a@gmail.com', 'ann@example.com', 'ann@mail.test', 'ann@localhost', 'ann@printer.local'],
    ...['ann@gamil.com', 'ann@company', 'Ann <ann@mail.de>', 'ann@mail.de, eve@mail.de', 'ann', '@mail.de'],
  ])('refuses %s', (address) => expect(judgeAddress(address)).toEqual({ verdict: 'refused' }));

  it.each(['someone.else@gmail.com', 'a@yahoo.com'])('accepts %s', (address) =>
    expect(judgeAddress(address)).toEqual({ verdict: 'accepted' }),
  );

  it('leaves other hosts to DNS', () => {
    expect(judgeAddress('ann+x@mail.company.de')).toEqual({ verdict: 'ask DNS', host: 'mail.company.de' });
  });
});
