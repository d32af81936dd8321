/** The database is in a state, or the role has grants, with which migrating would be wrong. One sentence for the operator. */
export class MigrationRefused extends Error {
  override name = 'MigrationRefused';
}
