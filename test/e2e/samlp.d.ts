/** What is used of `samlp`, which comes without types. */
declare module 'samlp' {
  type Middleware = (request: object, response: object, next: (error?: unknown) => void) => void;
  const samlp: { auth(options: object): Middleware; metadata(options: object): Middleware };
  export = samlp;
}
