import type { Wording } from './wording.js';

const FONT = "font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";
const CODE_FONT = 'font-family:Consolas,Menlo,Courier,monospace';

/**
 * The body of a built-in mail. Tables and inline styles, because Outlook draws mails with Word; no image and no address but the link, because
 * filters look for those; dark mode by the client's own means.
 */
export function page(language: string, { subject, heading = subject, text, button: label, advice }: Wording): string {
  const action = label ? button(label) : subject.includes('{{ .Token }}') ? code() : '';
  const rows = [
    `<h1 style="margin:0 0 16px;font-size:22px;line-height:1.3;font-weight:600;color:#14171f">${heading}</h1>`,
    `<p style="margin:0;font-size:16px;line-height:1.5;color:#3a4150">${text}</p>`,
    action,
    advice ? `<p class="note" style="margin:24px 0 0;font-size:13px;line-height:1.5;color:#5d6575">${advice}</p>` : '',
  ];
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${heading}</title>
<style>
@media (prefers-color-scheme:dark){
.ground{background:#14171f!important}.card{background:#1f2430!important;border-color:#333b4b!important}
.card h1{color:#f4f5f7!important}.card p,.card .code{color:#d5d9e2!important}.card .note{color:#9aa3b5!important}
}
</style>
</head>
<body class="ground" style="margin:0;padding:0;background:#f4f5f7">
<table class="ground" role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="background:#f4f5f7"><tr><td align="center" style="padding:40px 16px">
<table class="card" role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="max-width:480px;background:#ffffff;border:1px solid #e3e6ec;border-radius:10px"><tr><td style="padding:36px 32px;text-align:left;${FONT}">
${rows.filter(Boolean).join('\n')}
</td></tr></table>
</td></tr></table>
</body>
</html>
`;
}

/** The colour is on the cell as well: Outlook gives links none. */
function button(label: string): string {
  const style = `display:inline-block;padding:13px 24px;border-radius:8px;background:#2b5cd9;font-size:16px;line-height:20px;font-weight:600;color:#ffffff;text-decoration:none;${FONT}`;
  return `<table role="presentation" cellpadding="0" cellspacing="0" border="0" style="margin:28px 0 4px"><tr><td bgcolor="#2b5cd9" style="border-radius:8px"><a href="{{ .ConfirmationURL }}" style="${style}">${label}</a></td></tr></table>`;
}

function code(): string {
  return `<p class="code" style="margin:24px 0 0;padding:16px 0;font-size:32px;line-height:1.2;letter-spacing:6px;color:#14171f;${CODE_FONT}">{{ .Token }}</p>`;
}
