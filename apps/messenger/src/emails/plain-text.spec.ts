import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { plainText } from './plain-text.js';

describe('the text of a mail', () => {
  it('is what its HTML says, a link in a line of its own', () => {
    const html = `<!doctype html><html><head><title>Not this</title><style>p { color: red }</style></head>
<body><!-- nor this --><h1>Reset   your password</h1><p>Follow the link,<br>Ada &amp; Bob.</p>
<p><a class="x" href="https://a.example/verify?token=1&amp;type=recovery&#43;">Reset password</a></p></body></html>`;
    expect(plainText(html)).toBe(
      'Reset your password\n\nFollow the link,\nAda & Bob.\n\nReset password:\nhttps://a.example/verify?token=1&type=recovery+\n',
    );
  });

  it('has no markup of what was escaped', () => {
    expect(plainText('<p>&lt;b&gt; &#60;i&#62; &#x3C;u> &unknown;</p>')).toBe('<b> <i> <u> &unknown;\n');
  });

  it('can be made of anything, quickly', () => {
    const piece = fc.constantFrom('<', '>', '<a href="', '"', '</a>', '<!--', '-->', '<style', '&#', '&amp;', ' ', 'x');
    fc.assert(fc.property(fc.array(piece, { maxLength: 200 }), (pieces) => plainText(pieces.join('')).endsWith('\n')));
    const started = performance.now();
    plainText('<a href="'.repeat(20_000));
    plainText('<style '.repeat(20_000));
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});
