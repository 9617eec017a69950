export interface PageAddresses {
  readonly script: string;
  readonly style: string;
  /** What the webview calls its own origin. */
  readonly cspSource: string;
}

/**
 * The explorer page before its script runs. Nothing but our own two files may be loaded, and nothing inline runs.
 * The toolkit tries once whether a style element of its own works, and takes its nonce from the `csp-nonce`.
 */
export function explorerHtml({ script, style, cspSource }: PageAddresses, nonce: string, language: string): string {
  const policy = `default-src 'none'; script-src 'nonce-${nonce}'; style-src ${cspSource} 'nonce-${nonce}'; base-uri 'none'; form-action 'none'`;
  return `<!DOCTYPE html>
<html lang="${attribute(language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${attribute(policy)}">
<meta property="csp-nonce" content="${attribute(nonce)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>ModelKit Explorer</title>
<link rel="stylesheet" href="${attribute(style)}">
</head>
<body>
<script nonce="${attribute(nonce)}" src="${attribute(script)}"></script>
</body>
</html>`;
}

function attribute(text: string): string {
  return text.replace(/[&<>"]/g, (char) => `&#${char.charCodeAt(0)};`);
}
