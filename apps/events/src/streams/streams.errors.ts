/** Two databases must not fill one stream: the numbers of their events would mix. */
export class ForeignStream extends Error {
  constructor(stream: string) {
    super(
      `Stream ${stream} holds the events of another database. Use another NATS account for this one, or delete the stream if that database is gone.`,
    );
  }
}

export class StreamRefused extends Error {
  constructor(stream: string, settings: string[]) {
    super(`The NATS server keeps stream ${stream} with other values of ${settings.join(', ')} than were asked for.`);
  }
}
